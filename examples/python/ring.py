"""Send and receive by rank: a list goes round, and every rank adds its number."""

from mpi4py import MPI

world = MPI.COMM_WORLD
rank, size = world.Get_rank(), world.Get_size()
right, left = (rank + 1) % size, (rank - 1) % size

if rank == 0:
    world.send([0], dest=right, tag=1)
    token = world.recv(source=left, tag=1)
    print(f"The token came back after visiting {' '.join(map(str, token))}", flush=True)
else:
    token = world.recv(source=left, tag=1)
    print(f"Rank {rank} got the token from rank {left}", flush=True)
    world.send([*token, rank], dest=right, tag=1)
