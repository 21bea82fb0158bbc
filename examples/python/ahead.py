"""A sender far ahead of its receiver: nothing is lost, and the order is kept.

Rank 0 sends while rank 1 sleeps. What has not been received yet waits; when there is no more room, the sender
waits, too.
"""

import time

from mpi4py import MPI

MESSAGES = 20000

world = MPI.COMM_WORLD
if world.Get_rank() == 0:
    for number in range(MESSAGES):
        world.send(number, dest=1)
else:
    time.sleep(0.5)
    in_order = all(world.recv(source=0) == number for number in range(MESSAGES))
    print(f"{MESSAGES} messages came {'in order' if in_order else 'in disorder'}", flush=True)
