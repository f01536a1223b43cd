// MicroPython for a guest: the language and what computes, nothing that reaches out of it.
#include <alloca.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

// No way out.
#define MICROPY_ENABLE_EXTERNAL_IMPORT (0)
#define MICROPY_READER_POSIX (0)
#define MICROPY_READER_VFS (0)
#define MICROPY_VFS (0)
#define MICROPY_PERSISTENT_CODE_LOAD (0)
#define MICROPY_PY_OS (0)
#define MICROPY_PY_SYS (0)
#define MICROPY_PY_SYS_PATH (0)
#define MICROPY_PY_SYS_ARGV (0)
#define MICROPY_PY_SYS_PATH_ARGV_DEFAULTS (0)
#define MICROPY_PY_SYS_PS1_PS2 (0)
#define MICROPY_PY_SYS_ATTR_DELEGATION (0)
#define MICROPY_PY_SYS_TRACEBACKLIMIT (0)
#define MICROPY_PY_SELECT (0)
#define MICROPY_PY_ASYNCIO (0)
#define MICROPY_PY_UCTYPES (0)
#define MICROPY_PY_MACHINE (0)
#define MICROPY_PY_FRAMEBUF (0)
#define MICROPY_PY_THREAD (0)
#define MICROPY_PY_TIME (0)
#define MICROPY_PY_GC (0)
#define MICROPY_PY_MICROPYTHON (0)
#define MICROPY_PY_PLATFORM (0)
#define MICROPY_PY_SYS_STDFILES (0)
#define MICROPY_PY_BUILTINS_EXECFILE (0)
#define MICROPY_PY_BUILTINS_INPUT (0)
#define MICROPY_PY_BUILTINS_HELP (0)
#define MICROPY_PY_HASHLIB (0)
#define MICROPY_PY_DEFLATE (0)
#define MICROPY_PY_ERRNO (0)
#define MICROPY_PY_CMATH (0)
#define MICROPY_PY_RANDOM (1)
#define MICROPY_KBD_EXCEPTION (0)
#define MICROPY_HELPER_REPL (0)
#define MICROPY_ENABLE_SCHEDULER (0)
#define MICROPY_ENABLE_FINALISER (0)
#define MICROPY_USE_READLINE (0)

// As near to the other Python as it comes.
#define MICROPY_LONGINT_IMPL (MICROPY_LONGINT_IMPL_MPZ)
#define MICROPY_FLOAT_IMPL (MICROPY_FLOAT_IMPL_DOUBLE)
#define MICROPY_FLOAT_FORMAT_IMPL (MICROPY_FLOAT_FORMAT_IMPL_EXACT)
#define MICROPY_ERROR_REPORTING (MICROPY_ERROR_REPORTING_DETAILED)
#define MICROPY_CPYTHON_COMPAT (1)
#define MICROPY_ENABLE_SOURCE_LINE (1)
#define MICROPY_PY_COLLECTIONS_ORDEREDDICT (1)
#define MICROPY_PY_COLLECTIONS_DEFAULTDICT (0)
#define MICROPY_PY_STR_BYTES_CMP_WARN (0)
#define MICROPY_PY_IO (1)
#define MICROPY_PY_RE_MATCH_GROUPS (1)
#define MICROPY_PY_RE_MATCH_SPAN_START_END (1)
#define MICROPY_WARNINGS (0)
// Most keys of a dict that keeps their order: ordered.patch.
#define MICROPY_MAP_SMALL (64)
#define MICROPY_USE_INTERNAL_PRINTF (0)
#define MICROPY_USE_INTERNAL_ERRNO (1)

// The host has a stack of its own that holds the engine's: calls of Python take none of it.
#define MICROPY_NLR_SETJMP (1)
#define MICROPY_GCREGS_SETJMP (1)
#define MICROPY_STACK_CHECK (1)
#define MICROPY_STACK_CHECK_MARGIN (4096)
#define MICROPY_STACKLESS (1)
#define MICROPY_ENABLE_PYSTACK (1)
#define MICROPY_ENABLE_GC (1)
#define MICROPY_GC_SPLIT_HEAP (1)
#define MICROPY_GC_SPLIT_HEAP_AUTO (1)
#define MICROPY_GC_ALLOC_THRESHOLD (1)
#define MICROPY_ENABLE_COMPILER (1)
#define MICROPY_OPT_COMPUTED_GOTO (0)

// What lies in locals of WebAssembly cannot be seen, so garbage is collected only where nothing lies there: between two steps of
// the loop that runs a script's function, when no other one is in it.
void guest_step(void);
#define MICROPY_VM_HOOK_LOOP guest_step();
#define MICROPY_VM_HOOK_RETURN guest_step();

void *guest_more(size_t size);
#define MP_PLAT_ALLOC_HEAP(size) guest_more(size)

// Before each call the host says another one.
#define MICROPY_PY_RANDOM_SEED_INIT_FUNC (1)

typedef long mp_off_t;
#define MP_SSIZE_MAX (0x7fffffff)
#define MICROPY_HW_BOARD_NAME "guest"
#define MICROPY_HW_MCU_NAME "wasm"
#define MICROPY_MPHALPORT_H "guest_hal.h"
#define MP_STATE_PORT MP_STATE_VM
