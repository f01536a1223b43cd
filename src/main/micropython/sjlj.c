// What the compiler calls for setjmp and longjmp: a jump is an exception that knows where it goes to.
#include <stdint.h>

struct state {
    void *invocation;
    uint32_t label;
    struct {
        void *env;
        int val;
    } arg;
};

void __wasm_setjmp(void *env, uint32_t label, void *invocation) {
    struct state *state = env;
    state->invocation = invocation;
    state->label = label;
}

uint32_t __wasm_setjmp_test(void *env, void *invocation) {
    struct state *state = env;
    return state->invocation == invocation ? state->label : 0;
}

_Noreturn void __wasm_longjmp(void *env, int val) {
    struct state *state = env;
    state->arg.env = env;
    state->arg.val = val ? val : 1;
    __builtin_wasm_throw(1, &state->arg); // 1: the tag of longjmp
}

__asm__(".globl __c_longjmp\n.tagtype __c_longjmp i32\n__c_longjmp:\n");
