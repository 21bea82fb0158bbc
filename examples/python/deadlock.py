"""Two ranks that both send before they receive wait for each other for ever; and three cures.

    mpiexec -n 2 python deadlock.py none|order|sendrecv|nonblocking

A blocking send of a large array comes back only when the other side receives. (Small messages often come back
at once, which hides the mistake until the day when they grow.)
"""

import sys
from array import array

from mpi4py import MPI

CURE = sys.argv[1] if len(sys.argv) > 1 else "none"
COUNT = 1_000_000

world = MPI.COMM_WORLD
rank = world.Get_rank()
other = 1 - rank
mine = array("d", [rank]) * COUNT
theirs = array("d", [-1]) * COUNT

if CURE == "none":
    world.Send(mine, dest=other)
    world.Recv(theirs, source=other)
elif CURE == "order":
    # One side receives first.
    if rank == 0:
        world.Send(mine, dest=other)
        world.Recv(theirs, source=other)
    else:
        world.Recv(theirs, source=other)
        world.Send(mine, dest=other)
elif CURE == "sendrecv":
    # One call does both.
    world.Sendrecv(mine, dest=other, recvbuf=theirs, source=other)
elif CURE == "nonblocking":
    # The send goes on while we receive; the array must be left alone until it is complete.
    request = world.Isend(mine, dest=other)
    world.Recv(theirs, source=other)
    request.Wait()
else:
    sys.exit(f"{CURE} is no cure: order, sendrecv and nonblocking are")

print(f"Rank {rank} has the {COUNT} numbers of rank {int(theirs[-1])}", flush=True)
