//! Hints (MPI-5.0 section 14.2.8), and those that other libraries have made
//! common. A hint that makes no sense is ignored, as the standard wants.

use crate::info::Info;

/// Whether collective access goes through aggregators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buffering {
    /// When the accesses of the ranks interleave.
    Automatic,
    Always,
    Never,
}

/// The hints in use. What concerns collective buffering is the same on all
/// ranks: that of rank 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// Ranks that read and write for the others, at most. 0: as many as suit.
    pub cb_nodes: usize,
    /// Bytes that such a rank holds at once.
    pub cb_buffer_size: usize,
    pub cb_read: Buffering,
    pub cb_write: Buffering,
    /// Bytes that an independent read of scattered pieces reads at once.
    pub ind_rd_buffer_size: usize,
    /// Permissions of a new file, before the process's mask.
    pub file_perm: u32,
    /// As it was given; nothing follows from it.
    pub access_style: Option<Box<[u8]>>,
}

/// The smallest buffer: a page.
const LEAST_BUFFER: usize = 4096;

impl Default for Hints {
    fn default() -> Self {
        Self {
            cb_nodes: 0,
            cb_buffer_size: 4 << 20,
            cb_read: Buffering::Automatic,
            cb_write: Buffering::Automatic,
            ind_rd_buffer_size: 4 << 20,
            file_perm: 0o666,
            access_style: None,
        }
    }
}

fn switch(info: &Info, key: &str) -> Option<Buffering> {
    match info.hint(key)? {
        "enable" | "true" => Some(Buffering::Always),
        "disable" | "false" => Some(Buffering::Never),
        "automatic" => Some(Buffering::Automatic),
        _ => None,
    }
}

fn number(info: &Info, key: &str, least: usize) -> Option<usize> {
    info.hint(key)?.parse().ok().filter(|&value| value >= least)
}

impl Hints {
    /// Takes over what an info object says.
    pub fn update(&mut self, info: &Info) {
        if let Some(value) = number(info, "cb_nodes", 1) {
            self.cb_nodes = value;
        }
        if let Some(value) = number(info, "cb_buffer_size", LEAST_BUFFER) {
            self.cb_buffer_size = value;
        }
        if let Some(value) = number(info, "ind_rd_buffer_size", LEAST_BUFFER) {
            self.ind_rd_buffer_size = value;
        }
        if let Some(value) = switch(info, "collective_buffering") {
            (self.cb_read, self.cb_write) = (value, value);
        }
        if let Some(value) = switch(info, "romio_cb_read") {
            self.cb_read = value;
        }
        if let Some(value) = switch(info, "romio_cb_write") {
            self.cb_write = value;
        }
        if let Some(value) = info.hint("file_perm").and_then(|text| u32::from_str_radix(text, 8).ok()) {
            self.file_perm = value & 0o777;
        }
        if let Some(value) = info.get(b"access_style") {
            self.access_style = Some(value.into());
        }
    }

    /// What rank 0 tells the others.
    pub fn common(&self) -> [u64; 4] {
        let code = |buffering| match buffering {
            Buffering::Automatic => 0,
            Buffering::Always => 1,
            Buffering::Never => 2,
        };
        [self.cb_nodes as u64, self.cb_buffer_size as u64, code(self.cb_read), code(self.cb_write)]
    }

    /// Takes over what rank 0 has told.
    pub fn set_common(&mut self, common: [u64; 4]) {
        let buffering = |code| match code {
            1 => Buffering::Always,
            2 => Buffering::Never,
            _ => Buffering::Automatic,
        };
        self.cb_nodes = common[0] as usize;
        self.cb_buffer_size = common[1] as usize;
        (self.cb_read, self.cb_write) = (buffering(common[2]), buffering(common[3]));
    }

    /// Aggregators among so many ranks.
    pub fn aggregators(&self, ranks: usize) -> usize {
        /// More than these contend for the file's lock in the kernel.
        const SUITABLE: usize = 4;
        if self.cb_nodes == 0 { ranks.min(SUITABLE) } else { ranks.min(self.cb_nodes) }
    }

    /// What `MPI_File_get_info` gives for a file of this name, opened by so many ranks.
    pub fn info(&self, name: &[u8], ranks: usize) -> Info {
        let word = |buffering| match buffering {
            Buffering::Automatic => "automatic",
            Buffering::Always => "enable",
            Buffering::Never => "disable",
        };
        let used = self.cb_read != Buffering::Never || self.cb_write != Buffering::Never;
        let mut entries: Vec<(&str, Vec<u8>)> = vec![
            ("collective_buffering", used.to_string().into()),
            ("cb_buffer_size", self.cb_buffer_size.to_string().into()),
            ("cb_nodes", self.aggregators(ranks).to_string().into()),
            ("romio_cb_read", word(self.cb_read).into()),
            ("romio_cb_write", word(self.cb_write).into()),
            ("ind_rd_buffer_size", self.ind_rd_buffer_size.to_string().into()),
            ("filename", name.to_vec()),
            ("file_perm", format!("{:o}", self.file_perm).into()),
        ];
        if let Some(style) = &self.access_style {
            entries.push(("access_style", style.to_vec()));
        }
        let mut info = Info::new();
        for (key, value) in entries {
            // No key is empty.
            let _ = info.set(key.as_bytes(), &value);
        }
        info
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_come_back_and_nonsense_does_not() {
        let mut info = Info::new();
        for (key, value) in [
            ("cb_nodes", "3"),
            ("cb_buffer_size", "12"),
            ("collective_buffering", "false"),
            ("romio_cb_write", "enable"),
            ("file_perm", "600"),
            ("access_style", "read_once,sequential"),
            ("striping_unit", "nonsense"),
        ] {
            info.set(key.as_bytes(), value.as_bytes()).unwrap();
        }
        let mut hints = Hints::default();
        hints.update(&info);
        let default = Hints::default();
        assert_eq!((hints.cb_nodes, hints.cb_buffer_size), (3, default.cb_buffer_size));
        assert_eq!((hints.cb_read, hints.cb_write), (Buffering::Never, Buffering::Always));
        assert_eq!(hints.file_perm, 0o600);
        let said = hints.info(b"name", 2);
        assert_eq!(said.hint("cb_nodes"), Some("2"));
        assert_eq!(said.hint("filename"), Some("name"));
        assert_eq!(said.hint("access_style"), Some("read_once,sequential"));
        assert_eq!(said.hint("striping_unit"), None);
        let mut other = Hints::default();
        other.set_common(hints.common());
        assert_eq!(other.common(), hints.common());
    }
}
