"""The same calls as profiled.c."""

from mpi4py import MPI

comm = MPI.COMM_WORLD
data = bytearray(100)
for _ in range(3):
    if comm.rank == 0:
        comm.Send([data, MPI.CHAR], 1)
        comm.Isend([data, MPI.CHAR], 1).Wait()
    else:
        comm.Recv([data, MPI.CHAR], 0)
        comm.Recv([data, MPI.CHAR], 0)
value, total = bytearray(8), bytearray(8)
for i in range(5):
    MPI.Pcontrol(i < 3)
    comm.Allreduce([value, MPI.DOUBLE], [total, MPI.DOUBLE])
