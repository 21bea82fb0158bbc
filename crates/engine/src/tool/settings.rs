//! What can be set: by environment variables before the process joins its job,
//! and by tools (MPI-5.0 section 15.3.6).

pub use super::table::{SETTINGS, Settings};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;

/// When a setting may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// While the process takes no part in a job.
    Apart,
}

/// Which ranks must agree on a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Local,
    All,
}

/// A setting. Values are whole numbers in the unit that the name ends with.
pub struct Setting {
    pub name: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// Of [`super::category::CATEGORIES`].
    pub category: &'static str,
    pub default: u64,
    pub least: u64,
    pub most: u64,
    pub when: When,
    pub scope: Scope,
    pub about: &'static str,
    pub get: fn(&Settings) -> u64,
    pub(super) set: fn(&mut Settings, u64),
}

impl Setting {
    /// Whether `value` is one that the setting can have.
    pub fn allows(&self, value: u64) -> bool {
        (self.least..=self.most).contains(&value)
    }
}

impl Settings {
    /// The defaults, but for what `lookup` knows of the environment variables.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` for a variable that is no number, or out of range.
    pub fn from_variables(lookup: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut settings = Self::default();
        for setting in SETTINGS {
            let Some(text) = lookup(setting.variable) else { continue };
            let value = text.trim().parse().ok().filter(|&value| setting.allows(value));
            let Some(value) = value else { return Err(no_value(setting, &text)) };
            (setting.set)(&mut settings, value);
        }
        Ok(settings)
    }

    /// Changes a setting, of a process that `is_connected` or not.
    ///
    /// # Errors
    /// `MPI_T_ERR_CVAR_SET_NOT_NOW` while it must not change, and
    /// `MPI_T_ERR_INVALID` for a value out of range.
    pub fn set(&mut self, setting: &Setting, value: u64, is_connected: bool) -> Result<()> {
        if setting.when == When::Apart && is_connected {
            fail!(ErrorClass::ToolCvarSetNotNow, "{} can change before MPI starts only", setting.name);
        }
        if !setting.allows(value) {
            let Setting { name, least, most, .. } = setting;
            fail!(ErrorClass::ToolInvalid, "{name} is {least} to {most}; {value} is out of range");
        }
        (setting.set)(self, value);
        Ok(())
    }
}

fn no_value(setting: &Setting, text: &str) -> Error {
    let Setting { variable, least, most, default, .. } = setting;
    Error::new(
        ErrorClass::Arg,
        format!(
            "the environment variable {variable} is \"{text}\"; it must be a whole number from {least} to {most}, \
             or unset for {default}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_set_and_wrong_ones_are_named() {
        let settings = Settings::from_variables(|name| (name == "PASSEL_YIELDS").then(|| " 3".to_owned()));
        assert_eq!(settings.unwrap(), Settings { yields: 3, ..Settings::default() });
        for wrong in ["", "x", "-1", "1000001"] {
            let error = Settings::from_variables(|name| (name == "PASSEL_YIELDS").then(|| wrong.to_owned()));
            let error = error.unwrap_err();
            assert!(error.message().contains("PASSEL_YIELDS is"), "{error}");
        }
    }

    #[test]
    fn what_all_ranks_share_changes_only_apart() {
        let mut settings = Settings::default();
        let of = |name| SETTINGS.iter().find(|setting| setting.name == name).unwrap();
        let credit = of("credit_per_sender_bytes");
        assert_eq!(settings.set(credit, 1000, true).unwrap_err().class(), ErrorClass::ToolCvarSetNotNow);
        settings.set(credit, 1000, false).unwrap();
        assert_eq!((credit.get)(&settings), 1000);
        let eager = of("eager_limit_bytes");
        settings.set(eager, 0, true).unwrap();
        assert_eq!(settings.set(eager, 1 << 20, true).unwrap_err().class(), ErrorClass::ToolInvalid);
        assert_eq!(settings.eager_limit_bytes, 0);
    }
}
