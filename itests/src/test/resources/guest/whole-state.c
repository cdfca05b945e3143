// Preloaded into Debian's user-mode-linux, whose buffer for a process's floating point registers ends where AVX-512 does.
// The host's kernel takes a process's state back as a whole only, and processors with AMX have more of it. The
// registers that the guest does not know of stay as they are.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

typedef long (*system_call)(enum __ptrace_request, ...);

static unsigned char whole[1 << 16] __attribute__((aligned(64)));

long ptrace(enum __ptrace_request request, ...) {
    va_list arguments;
    va_start(arguments, request);
    pid_t process = va_arg(arguments, pid_t);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);
    system_call real = (system_call)dlsym(RTLD_NEXT, "ptrace");
    if (request == PTRACE_SETREGSET && (uintptr_t)address == NT_X86_XSTATE) {
        const struct iovec *given = data;
        struct iovec all = {whole, sizeof whole};
        if (real(PTRACE_GETREGSET, process, address, &all) == 0 && all.iov_len > given->iov_len) {
            memcpy(whole, given->iov_base, given->iov_len);
            return real(request, process, address, &all);
        }
    }
    return real(request, process, address, data);
}
