// setjmp for WebAssembly: the compiler makes exceptions of it, with the functions in sjlj.c.
#ifndef PATCHBAY_SETJMP_H
#define PATCHBAY_SETJMP_H
typedef struct {
    void *room[8];
} jmp_buf[1];
int setjmp(jmp_buf) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);
#endif
