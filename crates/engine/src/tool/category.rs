//! What belongs together (MPI-5.0 section 15.3.9).

use super::event::EVENT_TYPES;
use super::settings::SETTINGS;
use super::variable::VARIABLES;

/// A category of settings, variables and events.
pub struct Category {
    pub name: &'static str,
    pub about: &'static str,
    /// Of the category that this one is in.
    pub parent: Option<&'static str>,
}

/// Every category.
pub const CATEGORIES: &[Category] = &[
    Category { name: "passel", about: "All that Passel tells.", parent: None },
    Category {
        name: "messages",
        about: "Messages sent and received, those of collective operations included.",
        parent: Some("passel"),
    },
    Category {
        name: "matching",
        about: "Receives that wait for their message, and messages that wait for their receive.",
        parent: Some("passel"),
    },
    Category { name: "waiting", about: "How ranks wait for one another.", parent: Some("passel") },
    Category { name: "objects", about: "Communicators and requests.", parent: Some("passel") },
    Category { name: "errors", about: "Errors that calls have met.", parent: Some("passel") },
];

/// The members of a category, as indices into their tables.
impl Category {
    pub fn settings(&self) -> Vec<usize> {
        members(SETTINGS.iter().map(|setting| setting.category), self.name)
    }

    pub fn variables(&self) -> Vec<usize> {
        members(VARIABLES.iter().map(|variable| variable.category), self.name)
    }

    pub fn events(&self) -> Vec<usize> {
        members(EVENT_TYPES.iter().map(|event| event.category), self.name)
    }

    pub fn categories(&self) -> Vec<usize> {
        members(CATEGORIES.iter().map(|category| category.parent.unwrap_or_default()), self.name)
    }
}

fn members(categories: impl Iterator<Item = &'static str>, name: &str) -> Vec<usize> {
    categories.enumerate().filter(|(_, category)| *category == name).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_in_one_category() {
        let sum = |count: fn(&Category) -> usize| CATEGORIES.iter().map(count).sum::<usize>();
        assert_eq!(sum(|category| category.settings().len()), SETTINGS.len());
        assert_eq!(sum(|category| category.variables().len()), VARIABLES.len());
        assert_eq!(sum(|category| category.events().len()), EVENT_TYPES.len());
        assert_eq!(sum(|category| category.categories().len()), CATEGORIES.len() - 1);
    }
}
