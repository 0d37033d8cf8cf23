"""Start a program that cannot outlive whoever started it.

Run as a file by `children.spawn`: it asks the kernel for a signal when the parent dies, changes into another
user where one is needed, and then becomes the program. It stands between fork and exec as a program of its own
because the same lines as a `preexec_fn` may deadlock in a process with threads. Standard library only.
"""

import argparse
import ctypes
import os
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000


def die_with_parent(parent: int, death_signal: int) -> None:
    """Ask for `death_signal` when process `parent` dies (Linux; elsewhere there is no such thing).

    Args:
        parent: The process id of the parent, from before the fork.
        death_signal: The signal this process is sent when the parent dies, kill -9 included.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:  # it died between the fork and the line above
        os.kill(os.getpid(), death_signal)


def name_process(name: str) -> None:
    """Show a name in `top` and `ps -o comm` (Linux; the kernel keeps 15 characters)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def leave_root_by_namespace() -> None:
    """Enter a user namespace in which root is uid 1000: files stay root's, and PostgreSQL sees no root."""
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not allowed here")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"1000 {uid} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"1000 {gid} 1", encoding="ascii")


def become(uid: int, gid: int, *, anywhere: bool) -> None:
    """Become another user for good.

    Args:
        uid: The user.
        gid: The only group.
        anywhere: Keep one capability of root, to pass directories that are closed to the user: a checkout under /root,
            in a container that allows no user namespaces, has no other way to run a PostgreSQL.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if anywhere and libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_SECUREBITS) failed")
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if anywhere:
        kept = 1 << CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        # Effective, permitted, inheritable; twice, for capabilities below and above 32.
        sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)
        if libc.capset(header, sets) != 0:
            raise OSError(ctypes.get_errno(), "capset failed")
        if libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_CAP_AMBIENT) failed")


def main() -> None:
    """Become the program given after `--`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--signal", type=int, required=True)
    parser.add_argument("--user", default="")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    if options.user == "namespace":
        leave_root_by_namespace()
    elif options.user:
        uid, gid, *anywhere = options.user.split(":")
        become(int(uid), int(gid), anywhere=bool(anywhere))
    # Last, because the kernel forgets the death signal when the user changes.
    die_with_parent(options.parent, options.signal)
    os.execvp(options.command[0], options.command)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main()
