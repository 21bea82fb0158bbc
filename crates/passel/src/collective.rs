//! Operations of all processes of a communicator (MPI-5.0 chapter 6).

use engine::collective::allgather::{self, Allgather};
use engine::collective::allreduce::{self, Allreduce};
use engine::collective::alltoall::{self, Alltoall};
use engine::collective::barrier;
use engine::collective::bcast::{self, Bcast};
use engine::collective::fingerprint::{Fingerprint, Operation};
use engine::collective::gather::{self, Gather};
use engine::collective::reduce::{self, Reduce};
use engine::collective::scan::{self, Scan};
use engine::collective::scatter::{self, Scatter};
use engine::collective::{Blocks, RecvBlocks, Reduction, SendBlocks};
use engine::datatype::data::{RecvData, SendData};
use engine::datatype::{predefined, predefined_datatype};
use engine::error::{ErrorClass, Result as EngineResult};
use engine::fail;
use engine::handle::DatatypeId;
use engine::process::ports::CommPorts;
use memory::buffer::{RecvBuffer, SendBuffer};
use memory::lend::{self, Lender};
use transport::shm::ShmTransport;

use crate::{Combine, Communicator, Element, Result};

type Ports = CommPorts<ShmTransport>;

/// One block of so many elements, as a slice has, for each rank.
fn blocks<T: Element>(count: usize) -> Blocks {
    let byte = predefined_datatype(predefined::index::BYTE).expect("MPI_BYTE is in the table");
    Blocks::uniform(byte.clone().into(), count * size_of::<T>()).expect("what a slice holds fits")
}

fn send_blocks<T: Element>(buffer: SendBuffer, count: usize) -> SendBlocks {
    SendBlocks { buffer, blocks: blocks::<T>(count) }
}

fn recv_blocks<T: Element>(buffer: RecvBuffer, count: usize) -> RecvBlocks {
    RecvBlocks { buffer, blocks: blocks::<T>(count) }
}

fn send_data<'scope, T: Element>(lender: &Lender<'scope, '_>, data: &'scope [T]) -> SendData {
    SendData::bytes(lender.lend(data), size_of_val(data))
}

fn recv_data<'scope, T: Element>(lender: &Lender<'scope, '_>, buffer: &'scope mut [T]) -> RecvData {
    let bytes = size_of_val(buffer);
    RecvData::bytes(lender.lend_mut(buffer), bytes)
}

fn reduction<T: Element>(op: impl Combine<T>) -> EngineResult<Reduction> {
    let (op, datatype) = (op.into_engine()?, T::datatype()?);
    op.check(&datatype)?;
    Ok(Reduction { datatype: datatype.into(), op, id: DatatypeId::NULL })
}

fn check_len(len: usize, expected: usize, what: &str) -> EngineResult<()> {
    if len != expected {
        fail!(ErrorClass::Count, "the {what} has {len} elements; it needs {expected}");
    }
    Ok(())
}

/// All processes of the communicator call these, in the same order, with
/// lengths that fit together.
///
/// Each fails when a length does not fit or there is no such root. One that fails
/// under way on one rank fails on those that wait for that rank, too.
impl Communicator {
    /// Runs an operation on lent buffers to its end. `mark` is what all ranks
    /// agree on.
    fn run<'env, F>(
        &self,
        call: &'static str,
        mark: Fingerprint,
        make: impl for<'scope> FnOnce(&Lender<'scope, 'env>, Ports) -> EngineResult<F>,
    ) -> Result<()>
    where
        F: Future<Output = EngineResult<()>>,
    {
        let outcome = lend::scope(|lender| {
            let (number, ports) = self.next_collective()?;
            let ports = ports.marked(mark).blocking();
            let process = &self.shared.process;
            let outcome = make(lender, ports.clone())
                .inspect_err(|_| process.refuse_collective(self.id, number))
                .and_then(|operation| process.block_on(ports.conclude(operation, || true))?);
            if outcome.is_err() {
                // What is under way has been cancelled and ends by itself.
                process.wait_until(|_| lender.is_returned().then_some(()))?;
            }
            outcome
        });
        self.check(call, outcome)
    }

    fn check_root(&self, root: usize) -> EngineResult<()> {
        if root >= self.size() {
            fail!(ErrorClass::Root, "the root is {root}; ranks are in 0..{}", self.size());
        }
        Ok(())
    }

    /// Returns when all processes have called it (`MPI_Barrier`).
    ///
    /// # Errors
    /// After the world was left.
    pub fn barrier(&self) -> Result<()> {
        let mark = Fingerprint::new(Operation::Barrier);
        self.run("barrier", mark, |_, ports| Ok(async move { barrier::barrier(&ports).await }))
    }

    /// Gives all processes the root's content of `buffer` (`MPI_Bcast`).
    ///
    /// # Errors
    /// As all collectives.
    pub fn bcast<T: Element>(&self, buffer: &mut [T], root: usize) -> Result<()> {
        let mark = Fingerprint::new(Operation::Bcast).with_root(root).with_bytes(size_of_val(buffer));
        self.run("bcast", mark, |lender, ports| {
            self.check_root(root)?;
            let args = Bcast { root, data: recv_data(lender, buffer) };
            Ok(async move { bcast::bcast(&ports, args).await })
        })
    }

    /// Collects the blocks of all processes at the root, in the order of ranks
    /// (`MPI_Gather`). All blocks have the same length.
    ///
    /// # Errors
    /// As all collectives.
    pub fn gather<T: Element>(&self, block: &[T], root: usize) -> Result<Option<Vec<T>>> {
        let mut all = (self.rank() == root).then(|| vec![T::ZERO; block.len() * self.size()]);
        self.gather_into(block, all.as_deref_mut(), root)?;
        Ok(all)
    }

    /// As [`Self::gather`], into a buffer that the root alone gives.
    ///
    /// # Errors
    /// As all collectives.
    pub fn gather_into<T: Element>(&self, block: &[T], all: Option<&mut [T]>, root: usize) -> Result<()> {
        let mark = Fingerprint::new(Operation::Gather).with_root(root).with_bytes(size_of_val(block));
        self.run("gather", mark, |lender, ports| {
            self.check_root(root)?;
            let recv = match all.filter(|_| self.rank() == root) {
                Some(all) => {
                    check_len(all.len(), block.len() * self.size(), "root's buffer")?;
                    Some(recv_blocks::<T>(lender.lend_mut(all), block.len()))
                }
                None if self.rank() == root => fail!(ErrorClass::Buffer, "the root has to give a buffer"),
                None => None,
            };
            let args = Gather { root, send: Some(send_data(lender, block)), recv };
            Ok(async move { gather::gather(&ports, args).await })
        })
    }

    /// Gives each process its block of what the root has (`MPI_Scatter`). Only
    /// the root gives `all`.
    ///
    /// # Errors
    /// As all collectives.
    pub fn scatter<T: Element>(&self, all: Option<&[T]>, block: &mut [T], root: usize) -> Result<()> {
        let mark = Fingerprint::new(Operation::Scatter).with_root(root).with_bytes(size_of_val(block));
        self.run("scatter", mark, |lender, ports| {
            self.check_root(root)?;
            let send = match all.filter(|_| self.rank() == root) {
                Some(all) => {
                    check_len(all.len(), block.len() * self.size(), "root's buffer")?;
                    Some(send_blocks::<T>(lender.lend(all), block.len()))
                }
                None if self.rank() == root => {
                    fail!(ErrorClass::Buffer, "the root has to give what it scatters")
                }
                None => None,
            };
            let args = Scatter { root, send, recv: Some(recv_data(lender, block)) };
            Ok(async move { scatter::scatter(&ports, args).await })
        })
    }

    /// Gives all processes the blocks of all, in the order of ranks
    /// (`MPI_Allgather`). All blocks have the same length.
    ///
    /// # Errors
    /// As all collectives.
    pub fn allgather<T: Element>(&self, block: &[T]) -> Result<Vec<T>> {
        let mut all = vec![T::ZERO; block.len() * self.size()];
        self.allgather_into(block, &mut all)?;
        Ok(all)
    }

    /// As [`Self::allgather`], into a buffer.
    ///
    /// # Errors
    /// As all collectives.
    pub fn allgather_into<T: Element>(&self, block: &[T], all: &mut [T]) -> Result<()> {
        let mark = Fingerprint::new(Operation::Allgather).with_bytes(size_of_val(block));
        self.run("allgather", mark, |lender, ports| {
            check_len(all.len(), block.len() * self.size(), "buffer of all blocks")?;
            let recv = recv_blocks::<T>(lender.lend_mut(all), block.len());
            let args = Allgather { send: Some(send_data(lender, block)), recv };
            Ok(async move { allgather::allgather(&ports, args).await })
        })
    }

    /// Sends block `i` of `outgoing` to rank `i` and returns the blocks that
    /// came, in the order of ranks (`MPI_Alltoall`). All blocks have the same
    /// length.
    ///
    /// # Errors
    /// As all collectives.
    pub fn alltoall<T: Element>(&self, outgoing: &[T]) -> Result<Vec<T>> {
        let mut incoming = vec![T::ZERO; outgoing.len()];
        self.alltoall_into(outgoing, &mut incoming)?;
        Ok(incoming)
    }

    /// As [`Self::alltoall`], into a buffer.
    ///
    /// # Errors
    /// As all collectives.
    pub fn alltoall_into<T: Element>(&self, outgoing: &[T], incoming: &mut [T]) -> Result<()> {
        let mark = Fingerprint::new(Operation::Alltoall).with_bytes(size_of_val(outgoing) / self.size());
        self.run("alltoall", mark, |lender, ports| {
            if !outgoing.len().is_multiple_of(self.size()) {
                fail!(
                    ErrorClass::Count,
                    "{} elements are no whole number for each of {} ranks",
                    outgoing.len(),
                    self.size()
                );
            }
            check_len(incoming.len(), outgoing.len(), "buffer of incoming blocks")?;
            let count = outgoing.len() / self.size();
            let args = Alltoall {
                send: Some(send_blocks::<T>(lender.lend(outgoing), count)),
                recv: recv_blocks::<T>(lender.lend_mut(incoming), count),
            };
            Ok(async move { alltoall::alltoall(&ports, args).await })
        })
    }

    /// Combines the operands of all processes, element by element, at the root
    /// (`MPI_Reduce`).
    ///
    /// # Errors
    /// As all collectives, and when the operation is not for these elements.
    pub fn reduce<T: Element>(
        &self,
        operand: &[T],
        op: impl Combine<T>,
        root: usize,
    ) -> Result<Option<Vec<T>>> {
        let mut result = (self.rank() == root).then(|| vec![T::ZERO; operand.len()]);
        let mark = Fingerprint::new(Operation::Reduce).with_root(root).with_bytes(size_of_val(operand));
        self.run("reduce", mark, |lender, ports| {
            self.check_root(root)?;
            let args = Reduce {
                root,
                send: Some(lender.lend(operand)),
                recv: result.as_deref_mut().map(|result| lender.lend_mut(result)),
                count: operand.len(),
                reduction: reduction(op)?,
            };
            Ok(async move { reduce::reduce(&ports, args).await })
        })?;
        Ok(result)
    }

    /// Combines the operands of all processes, element by element, for all of
    /// them (`MPI_Allreduce`). All get the same bits.
    ///
    /// # Errors
    /// As [`Self::reduce`].
    pub fn allreduce<T: Element>(&self, operand: &[T], op: impl Combine<T>) -> Result<Vec<T>> {
        let mut result = vec![T::ZERO; operand.len()];
        self.allreduce_into(operand, &mut result, op)?;
        Ok(result)
    }

    /// As [`Self::allreduce`], into a buffer.
    ///
    /// # Errors
    /// As [`Self::reduce`].
    pub fn allreduce_into<T: Element>(
        &self,
        operand: &[T],
        result: &mut [T],
        op: impl Combine<T>,
    ) -> Result<()> {
        let mark = Fingerprint::new(Operation::Allreduce).with_bytes(size_of_val(operand));
        self.run("allreduce", mark, |lender, ports| {
            check_len(result.len(), operand.len(), "result")?;
            let args = Allreduce {
                send: Some(lender.lend(operand)),
                recv: lender.lend_mut(result),
                count: operand.len(),
                reduction: reduction(op)?,
            };
            Ok(async move { allreduce::allreduce(&ports, args).await })
        })
    }

    /// Combines, element by element, the operands of the ranks up to this one
    /// (`MPI_Scan`).
    ///
    /// # Errors
    /// As [`Self::reduce`].
    pub fn scan<T: Element>(&self, operand: &[T], op: impl Combine<T>) -> Result<Vec<T>> {
        let mut result = vec![T::ZERO; operand.len()];
        let mark = Fingerprint::new(Operation::Scan).with_bytes(size_of_val(operand));
        self.run("scan", mark, |lender, ports| {
            let args = scan_args(lender, operand, &mut result, op)?;
            Ok(async move { scan::scan(&ports, args).await })
        })?;
        Ok(result)
    }

    /// As [`Self::scan`], without this rank's own operand (`MPI_Exscan`). Rank
    /// 0 gets zeros.
    ///
    /// # Errors
    /// As [`Self::reduce`].
    pub fn exscan<T: Element>(&self, operand: &[T], op: impl Combine<T>) -> Result<Vec<T>> {
        let mut result = vec![T::ZERO; operand.len()];
        let mark = Fingerprint::new(Operation::Exscan).with_bytes(size_of_val(operand));
        self.run("exscan", mark, |lender, ports| {
            let args = scan_args(lender, operand, &mut result, op)?;
            Ok(async move { scan::exscan(&ports, args).await })
        })?;
        Ok(result)
    }
}

fn scan_args<'scope, T: Element>(
    lender: &Lender<'scope, '_>,
    operand: &'scope [T],
    result: &'scope mut [T],
    op: impl Combine<T>,
) -> EngineResult<Scan> {
    Ok(Scan {
        send: Some(lender.lend(operand)),
        recv: lender.lend_mut(result),
        count: operand.len(),
        reduction: reduction(op)?,
    })
}
