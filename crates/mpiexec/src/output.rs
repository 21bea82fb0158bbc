//! Carries the ranks' output, line by line.
//!
//! Every rank has a pipe for standard output and one for standard error. What
//! arrives is held until its line is complete and then joins the queue of our
//! own stream, so that lines of different ranks do not mix and no byte changes.
//! The only rank of a job is not held back: there is nobody to mix with.
//!
//! We never wait in a write, since the same loop must notice dying ranks: a
//! stream that poll calls writable takes [`PIPE_WRITE_BYTES`] at once. When our
//! reader is slow the queue fills, we stop reading, and the ranks wait in their
//! own writes.
//!
//! Memory: per stream [`QUEUE_BYTES`] + one read, per pipe one line of at most
//! [`LONGEST_LINE_BYTES`]; a longer one is passed on in pieces.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::FileType;
use rustix::io::Errno;

const READ_BYTES: usize = 64 * 1024;
const QUEUE_BYTES: usize = 1024 * 1024;
const LONGEST_LINE_BYTES: usize = 16 * 1024 * 1024;
/// What a pipe that has room takes without blocking (POSIX `PIPE_BUF`).
const PIPE_WRITE_BYTES: usize = 4096;
/// Writes per turn of the loop, so that other events get their turn.
const WRITES_PER_TURN: usize = 256;
/// Reads of one pipe after its rank has ended: more than any pipe holds.
const READS_AFTER_END: usize = 32;

/// One of our own streams.
struct Sink {
    stream: BorrowedFd<'static>,
    is_file: bool,
    queue: Vec<u8>,
    /// Bytes at the start of `queue` that have been written.
    written: usize,
    broken: Option<Errno>,
}

impl Sink {
    fn new(stream: BorrowedFd<'static>) -> Self {
        let kind = rustix::fs::fstat(stream).map(|stat| FileType::from_raw_mode(stat.st_mode));
        let is_file = kind == Ok(FileType::RegularFile);
        Self { stream, is_file, queue: Vec::new(), written: 0, broken: None }
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.broken.is_none() {
            self.queue.extend_from_slice(bytes);
        }
    }

    fn pending(&self) -> usize {
        self.queue.len() - self.written
    }

    fn is_writable(&self) -> bool {
        let mut fds = [PollFd::new(&self.stream, PollFlags::OUT)];
        matches!(poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })), Ok(1))
    }

    /// Writes what can be written without waiting. Call when writable.
    fn write(&mut self) {
        for _ in 0..WRITES_PER_TURN {
            let mut next = &self.queue[self.written..];
            if !self.is_file {
                next = &next[..next.len().min(PIPE_WRITE_BYTES)];
            }
            match rustix::io::write(self.stream, next) {
                Ok(count) => self.written += count,
                Err(Errno::INTR) => {}
                // Somebody made our stream non-blocking.
                Err(Errno::AGAIN) => break,
                Err(error) => {
                    self.broken = Some(error);
                    self.written = self.queue.len();
                }
            }
            if self.pending() == 0 || !(self.is_file || self.is_writable()) {
                break;
            }
        }
        // Amortised: a byte is moved only after as many have been written.
        if self.written * 2 >= self.queue.len() {
            self.queue.drain(..self.written);
            self.written = 0;
        }
    }
}

/// The reading end of a rank's pipe.
struct Source {
    pipe: Option<OwnedFd>,
    rank: usize,
    sink: usize,
    /// The beginning of a line whose end has not arrived.
    line: Vec<u8>,
    /// Part of the current line has been passed on already.
    continues: bool,
}

/// What a stream of ours should be watched for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Interest {
    Sink(usize),
    Source(usize),
}

pub(crate) struct Output {
    sinks: Vec<Sink>,
    sources: Vec<Source>,
    buffer: Vec<u8>,
    label: bool,
    /// Pass on what is there, lines or not.
    unheld: bool,
}

impl Output {
    /// For `ranks` ranks, to our own standard output and standard error.
    pub(crate) fn new(ranks: usize, label: bool) -> Self {
        let mut sinks = vec![Sink::new(rustix::stdio::stdout()), Sink::new(rustix::stdio::stderr())];
        let same = |a: &rustix::fs::Stat, b: &rustix::fs::Stat| (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino);
        let stats = sinks.iter().map(|sink| rustix::fs::fstat(sink.stream)).collect::<Result<Vec<_>, _>>();
        // `2>&1`: one queue, or lines of the two would mix in our own writes.
        if stats.is_ok_and(|stats| same(&stats[0], &stats[1])) {
            sinks.pop();
        }
        Self { sinks, sources: Vec::new(), buffer: vec![0; READ_BYTES], label, unheld: ranks == 1 && !label }
    }

    /// Carries the two pipes of `rank` from now on.
    pub(crate) fn add(&mut self, rank: usize, standard_output: OwnedFd, standard_error: OwnedFd) {
        for (sink, pipe) in [(0, standard_output), (self.sinks.len() - 1, standard_error)] {
            // Only our end; the rank's own stays blocking.
            rustix::io::ioctl_fionbio(&pipe, true).expect("a pipe can be made non-blocking");
            self.sources.push(Source { pipe: Some(pipe), rank, sink, line: Vec::new(), continues: false });
        }
    }

    /// There is more than one rank from now on: lines are held until they are
    /// complete.
    pub(crate) fn hold(&mut self) {
        self.unheld = false;
    }

    /// Queues whole lines of our own on standard error.
    pub(crate) fn say(&mut self, lines: &str) {
        self.sinks.last_mut().expect("there is at least one").push(lines.as_bytes());
    }

    /// What poll should watch.
    pub(crate) fn interests(&self) -> impl Iterator<Item = (Interest, BorrowedFd<'_>, PollFlags)> {
        let writes = self.sinks.iter().enumerate().filter(|(_, sink)| sink.pending() > 0);
        let writes = writes.map(|(index, sink)| (Interest::Sink(index), sink.stream, PollFlags::OUT));
        let reads = self.sources.iter().enumerate().filter_map(|(index, source)| {
            let has_room = self.sinks[source.sink].pending() < QUEUE_BYTES;
            let pipe = source.pipe.as_ref().filter(|_| has_room)?;
            Some((Interest::Source(index), pipe.as_fd(), PollFlags::IN))
        });
        writes.chain(reads)
    }

    /// Does what poll says is possible.
    pub(crate) fn serve(&mut self, interest: Interest) {
        match interest {
            Interest::Source(index) => {
                self.read(index);
            }
            Interest::Sink(index) => {
                self.sinks[index].write();
                if self.sinks[index].broken == Some(Errno::PIPE) {
                    self.close_sources_of(index);
                }
            }
        }
    }

    /// Reads once; false when there is nothing to read now.
    fn read(&mut self, index: usize) -> bool {
        let source = &mut self.sources[index];
        let Some(pipe) = &source.pipe else { return false };
        match rustix::io::read(pipe, &mut self.buffer[..]) {
            Ok(count @ 1..) => {
                let bytes = &self.buffer[..count];
                source.accept(bytes, &mut self.sinks[source.sink], self.label, self.unheld);
                true
            }
            Err(Errno::INTR) => true,
            Err(Errno::AGAIN) => false,
            // Nobody can write any more.
            Ok(0) | Err(_) => {
                source.pipe = None;
                source.flush(&mut self.sinks[source.sink], self.label);
                false
            }
        }
    }

    /// Our reader has gone: let the ranks notice at their next write, as they
    /// would without us.
    fn close_sources_of(&mut self, sink: usize) {
        for source in self.sources.iter_mut().filter(|source| source.sink == sink) {
            source.pipe = None;
            source.line = Vec::new();
        }
    }

    /// Whether the reader of our standard output has gone.
    pub(crate) fn reader_has_gone(&self) -> bool {
        self.sinks[0].broken == Some(Errno::PIPE)
    }

    /// Why output is being lost, if it is: a full disk must not end a
    /// computation, but has to be told.
    pub(crate) fn loss(&self) -> Option<Errno> {
        self.sinks[0].broken.filter(|&error| error != Errno::PIPE)
    }

    /// Takes what a rank that has ended left behind, its last line included.
    pub(crate) fn drain(&mut self, rank: usize) {
        for index in 0..self.sources.len() {
            if self.sources[index].rank != rank {
                continue;
            }
            for _ in 0..READS_AFTER_END {
                if !self.read(index) {
                    break;
                }
            }
            let source = &mut self.sources[index];
            source.flush(&mut self.sinks[source.sink], self.label);
        }
    }

    /// No process of the job is left: takes what is there and stops reading.
    pub(crate) fn close(&mut self) {
        for index in 0..self.sources.len() {
            while self.sources[index].pipe.is_some() && self.read(index) {}
            let source = &mut self.sources[index];
            source.flush(&mut self.sinks[source.sink], self.label);
            source.pipe = None;
        }
    }
}

impl Source {
    /// Passes complete lines on and keeps the beginning of the next one.
    fn accept(&mut self, bytes: &[u8], sink: &mut Sink, label: bool, unheld: bool) {
        if unheld {
            return sink.push(bytes);
        }
        let complete = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
        let (lines, rest) = bytes.split_at(complete);
        if !label {
            if !lines.is_empty() {
                sink.push(&self.line);
                self.line.clear();
                sink.push(lines);
            }
        } else {
            for line in lines.split_inclusive(|&byte| byte == b'\n') {
                self.begin_line(sink, label);
                self.continues = false;
                sink.push(line);
            }
        }
        self.line.extend_from_slice(rest);
        if self.line.len() > LONGEST_LINE_BYTES {
            self.begin_line(sink, label);
            self.continues = true;
        }
    }

    /// Passes on the label, if this is where the line begins, and what is held.
    fn begin_line(&mut self, sink: &mut Sink, label: bool) {
        if label && !self.continues {
            sink.push(format!("[{}] ", self.rank).as_bytes());
        }
        sink.push(&self.line);
        self.line.clear();
    }

    /// Passes on a last line that has no end. With labels it gets one, or the
    /// next label would stand in the middle of a line.
    fn flush(&mut self, sink: &mut Sink, label: bool) {
        if self.line.is_empty() && !self.continues {
            return;
        }
        self.begin_line(sink, label);
        self.continues = false;
        if label {
            sink.push(b"\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carry(pieces: &[&[u8]], label: bool, unheld: bool) -> (Vec<u8>, Vec<u8>) {
        let mut sink = Sink::new(rustix::stdio::stdout());
        let mut source = Source { pipe: None, rank: 7, sink: 0, line: Vec::new(), continues: false };
        for piece in pieces {
            source.accept(piece, &mut sink, label, unheld);
        }
        let before = sink.queue.clone();
        source.flush(&mut sink, label);
        (before, sink.queue)
    }

    #[test]
    fn lines_are_held_until_complete_and_bytes_kept() {
        let (before, after) = carry(&[b"a", b"b\nc\n\xff", b"\0d"], false, false);
        assert_eq!(before, b"ab\nc\n");
        assert_eq!(after, b"ab\nc\n\xff\0d");
    }

    #[test]
    fn labels_begin_every_line_and_the_last_gets_an_end() {
        let (before, after) = carry(&[b"a", b"b\n\nc\nd"], true, false);
        assert_eq!(before, b"[7] ab\n[7] \n[7] c\n");
        assert_eq!(after, b"[7] ab\n[7] \n[7] c\n[7] d\n");
    }

    #[test]
    fn an_only_rank_is_not_held_back() {
        assert_eq!(carry(&[b"name? "], false, true).0, b"name? ");
    }

    #[test]
    fn an_endless_line_is_passed_on_under_one_label() {
        let long = vec![b'x'; LONGEST_LINE_BYTES + 1];
        let (before, after) = carry(&[&long, b"y", b"z\nw"], true, false);
        assert_eq!(before.len(), b"[7] ".len() + long.len() + b"yz\n".len());
        assert!(after.ends_with(b"xyz\n[7] w\n"));
    }
}
