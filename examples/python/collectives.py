"""What all ranks do together: broadcast, scatter, gather, all-to-all, reduction."""

from mpi4py import MPI

world = MPI.COMM_WORLD
rank, size = world.Get_rank(), world.Get_size()


def say(text):
    print(f"rank {rank}: {text}", flush=True)


# Rank 0 has it, and then everyone has it.
number = world.bcast(42 if rank == 0 else None, root=0)
say(f"broadcast {number}")

# Rank 0 deals out, one piece each.
piece = world.scatter([10 * r for r in range(size)] if rank == 0 else None, root=0)
say(f"scatter {piece}")

# Rank 0 collects.
squares = world.gather(rank * rank, root=0)
if rank == 0:
    say("gather " + " ".join(map(str, squares)))

# Everyone has one piece for everyone.
pieces = world.alltoall([10 * rank + r for r in range(size)])
say("all-to-all " + " ".join(map(str, pieces)))

# One result for everyone, made of what each has.
say(f"sum {world.allreduce(rank + 1, op=MPI.SUM)}")
