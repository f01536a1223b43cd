// The guest of scripts in Python: MicroPython, one function that asks the host, and JSON. The rest of the contract is guest.py,
// which the host hands over at the beginning.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "py/compile.h"
#include "py/cstack.h"
#include "py/gc.h"
#include "py/mpstate.h"
#include "py/objint.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/bc.h"
#include "py/builtin.h"
#include "py/pystack.h"
#include "py/runtime.h"

#define ROOM (2 << 20)
#define PYSTACK (192 * 1024)
#define STACK (192 * 1024)
#define BLOCKS_MIN ((512 * 1024) / MICROPY_BYTES_PER_GC_BLOCK)

typedef struct {
    const char *at;
    size_t length;
} text_t;

// Asks the host: a name and texts. Gives the length of the answer, or -1 when there is none.
__attribute__((import_module("host"), import_name("ask"))) int host_ask(
    const char *name, size_t length, const text_t *texts, size_t count);

// Has the answer written.
__attribute__((import_module("host"), import_name("fetch"))) void host_fetch(char *to);

// How many loops of the interpreter are in each other, and in which of them garbage may be collected.
static int guest_depth;
static int guest_steady;
static size_t heap_size;
static char pystack[PYSTACK] __attribute__((aligned(8)));

MP_REGISTER_ROOT_POINTER(mp_obj_t guest_functions[2]);

// More memory for the heap, as long as there is some.
void *guest_more(size_t size) {
    void *more = malloc(size);
    if (more != NULL) {
        heap_size += size;
    }
    return more;
}

// A number that the host knows.
static size_t number(const char *name) {
    char digits[12];
    size_t value = 0;
    int length = host_ask(name, strlen(name), NULL, 0);
    if (length > 0 && length < (int)sizeof(digits)) {
        host_fetch(digits);
        for (int i = 0; i < length && digits[i] >= '0' && digits[i] <= '9'; i++) {
            value = value * 10 + (digits[i] - '0');
        }
    }
    return value;
}

// How much memory there is for another part of the heap.
size_t gc_get_max_new_split(void) {
    size_t room = number("room");
    return room > 128 * 1024 ? room - 128 * 1024 : 0;
}

// Is asked for when the heap is full, in the middle of anything: nothing can be freed there.
void gc_collect(void) {
}

void guest_step(void) {
    size_t most = heap_size / (2 * MICROPY_BYTES_PER_GC_BLOCK);
    if (guest_depth == guest_steady && MP_STATE_MEM(gc_alloc_amount) > (most > BLOCKS_MIN ? most : BLOCKS_MIN)) {
        gc_collect_start();
        gc_collect_end();
    }
}

// vm.c is compiled with another name for its function.
mp_vm_return_kind_t guest_execute_bytecode(mp_code_state_t *code_state, volatile mp_obj_t inject_exc);

mp_vm_return_kind_t mp_execute_bytecode(mp_code_state_t *code_state, volatile mp_obj_t inject_exc) {
    mp_cstack_check();
    guest_depth++;
    mp_vm_return_kind_t kind = guest_execute_bytecode(code_state, inject_exc);
    guest_depth--;
    return kind;
}

static mp_obj_t answer(int length) {
    if (length < 0) {
        return mp_const_none;
    }
    vstr_t text;
    vstr_init_len(&text, length);
    host_fetch(text.buf);
    return mp_obj_new_str_from_utf8_vstr(&text);
}

// ask(name, *texts)
static mp_obj_t guest_ask(size_t n_args, const mp_obj_t *args) {
    text_t texts[5];
    for (size_t i = 0; i < n_args; i++) {
        texts[i].at = mp_obj_str_get_data(args[i], &texts[i].length);
    }
    return answer(host_ask(texts[0].at, texts[0].length, texts + 1, n_args - 1));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(guest_ask_obj, 1, 5, guest_ask);

// What stays in the guest's memory and is called by the host: read, call.
static mp_obj_t guest_serve(mp_obj_t read, mp_obj_t call) {
    MP_STATE_VM(guest_functions)[0] = read;
    MP_STATE_VM(guest_functions)[1] = call;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(guest_serve_obj, guest_serve);

// The places of an exception, innermost last: file, line, function, file, …
static mp_obj_t guest_places(mp_obj_t exception) {
    size_t count;
    size_t *values;
    mp_obj_exception_get_traceback(exception, &count, &values);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; values != NULL && i + 2 < count; i += 3) {
        mp_obj_list_append(list, MP_OBJ_NEW_QSTR(values[i]));
        mp_obj_list_append(list, MP_OBJ_NEW_SMALL_INT(values[i + 1]));
    }
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_1(guest_places_obj, guest_places);

// Calls a script's function. What the frames below hold lies in memory, too: in those of Python.
static mp_obj_t guest_apply(mp_obj_t function, mp_obj_t arguments) {
    size_t count;
    mp_obj_t *items;
    mp_obj_get_array(arguments, &count, &items);
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        // A class would hold its new object where it cannot be seen.
        guest_steady = mp_obj_is_type(function, &mp_type_fun_bc) ? guest_depth + 1 : 0;
        mp_obj_t value = mp_call_function_n_kw(function, count, 0, items);
        guest_steady = 0;
        nlr_pop();
        return value;
    }
    guest_steady = 0;
    nlr_jump(nlr.ret_val);
}
static MP_DEFINE_CONST_FUN_OBJ_2(guest_apply_obj, guest_apply);

static void json_text(vstr_t *out, mp_obj_t text) {
    size_t length;
    const char *at = mp_obj_str_get_data(text, &length);
    vstr_add_byte(out, '"');
    for (size_t i = 0; i < length; i++) {
        byte c = at[i];
        if (c == '"' || c == '\\') {
            vstr_add_byte(out, '\\');
            vstr_add_byte(out, c);
        } else if (c < 32) {
            static const char digits[] = "0123456789abcdef";
            vstr_add_str(out, "\\u00");
            vstr_add_byte(out, digits[c >> 4]);
            vstr_add_byte(out, digits[c & 15]);
        } else {
            vstr_add_byte(out, c);
        }
    }
    vstr_add_byte(out, '"');
}

static void json_value(vstr_t *out, mp_print_t *print, mp_obj_t value);

static void json_list(vstr_t *out, mp_print_t *print, size_t count, mp_obj_t *items) {
    vstr_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            vstr_add_byte(out, ',');
        }
        json_value(out, print, items[i]);
    }
    vstr_add_byte(out, ']');
}

static void json_object(vstr_t *out, mp_print_t *print, mp_map_t *map) {
    bool first = true;
    vstr_add_byte(out, '{');
    for (size_t i = 0; i < map->alloc; i++) {
        if (!mp_map_slot_is_filled(map, i)) {
            continue;
        }
        if (!first) {
            vstr_add_byte(out, ',');
        }
        first = false;
        mp_obj_t key = map->table[i].key;
        if (mp_obj_is_str(key)) {
            json_text(out, key);
        } else if (mp_obj_is_int(key)) {
            vstr_add_byte(out, '"');
            mp_obj_print_helper(print, key, PRINT_REPR);
            vstr_add_byte(out, '"');
        } else {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a key of type '%s' has no JSON; make it a str"),
                mp_obj_get_type_str(key));
        }
        vstr_add_byte(out, ':');
        json_value(out, print, map->table[i].value);
    }
    vstr_add_byte(out, '}');
}

// Asks no method of a script's: only what is built in has JSON.
static void json_value(vstr_t *out, mp_print_t *print, mp_obj_t value) {
    mp_cstack_check();
    if (value == mp_const_none) {
        vstr_add_str(out, "null");
    } else if (value == mp_const_true) {
        vstr_add_str(out, "true");
    } else if (value == mp_const_false) {
        vstr_add_str(out, "false");
    } else if (mp_obj_is_int(value)) {
        mp_obj_print_helper(print, value, PRINT_REPR);
    } else if (mp_obj_is_str(value)) {
        json_text(out, value);
    } else if (mp_obj_is_float(value)) {
        mp_float_t number = mp_obj_float_get(value);
        if (isnan(number) || isinf(number)) {
            mp_raise_ValueError(MP_ERROR_TEXT("a float that is no number has no JSON"));
        }
        mp_obj_print_helper(print, value, PRINT_REPR);
    } else if (mp_obj_is_exact_type(value, &mp_type_list) || mp_obj_is_exact_type(value, &mp_type_tuple)) {
        size_t count;
        mp_obj_t *items;
        mp_obj_get_array(value, &count, &items);
        json_list(out, print, count, items);
    } else if (mp_obj_is_exact_type(value, &mp_type_dict) || mp_obj_is_exact_type(value, &mp_type_ordereddict)) {
        json_object(out, print, mp_obj_dict_get_map(value));
    } else {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a value of type '%s' has no JSON"),
            mp_obj_get_type_str(value));
    }
}

static mp_obj_t guest_json(mp_obj_t value) {
    vstr_t out;
    mp_print_t print;
    vstr_init_print(&out, 1024, &print);
    json_value(&out, &print, value);
    return mp_obj_new_str_from_utf8_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_1(guest_json_obj, guest_json);

static const mp_rom_map_elem_t host_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__host) },
    { MP_ROM_QSTR(MP_QSTR_ask), MP_ROM_PTR(&guest_ask_obj) },
    { MP_ROM_QSTR(MP_QSTR_serve), MP_ROM_PTR(&guest_serve_obj) },
    { MP_ROM_QSTR(MP_QSTR_apply), MP_ROM_PTR(&guest_apply_obj) },
    { MP_ROM_QSTR(MP_QSTR_places), MP_ROM_PTR(&guest_places_obj) },
    { MP_ROM_QSTR(MP_QSTR_text), MP_ROM_PTR(&guest_json_obj) },
};
static MP_DEFINE_CONST_DICT(host_globals, host_table);

// Not registered by its name: guest.py gets it as a variable, a script cannot import it.
const mp_obj_module_t host_module = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&host_globals,
};

// What is printed is a line of the log, or more.
void mp_hal_stdout_tx_strn_cooked(const char *text, size_t length) {
    text_t said = { text, length };
    host_ask("print", 5, &said, 1);
}

static mp_obj_t no_files(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    (void)n_args;
    (void)args;
    (void)kwargs;
    mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("a script has no files"));
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_open_obj, 1, no_files);

static void begin(void) {
    int here;
    guest_depth = 0;
    guest_steady = 0;
    mp_cstack_init_with_top(&here, STACK);
}

// Brings an exception that nobody caught to the host.
static void failed(mp_obj_t exception) {
    const char *name = qstr_str(mp_obj_get_type(exception)->name);
    text_t texts[4] = { { "BROKEN", 6 }, { name, strlen(name) }, { "", 0 }, { "", 0 } };
    host_ask("failed", 6, texts, 4);
}

__attribute__((export_name("init"))) void init(const char *program, size_t length) {
    begin();
    mp_pystack_init(pystack, pystack + PYSTACK);
    char *heap = guest_more(ROOM);
    gc_init(heap, heap + ROOM);
    mp_init();
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_store_global(qstr_from_str("_host"), MP_OBJ_FROM_PTR(&host_module));
        mp_lexer_t *lexer = mp_lexer_new_from_str_len(qstr_from_str("guest.py"), program, length, 0);
        mp_parse_tree_t tree = mp_parse(lexer, MP_PARSE_FILE_INPUT);
        mp_call_function_0(mp_compile(&tree, qstr_from_str("guest.py"), false));
        nlr_pop();
    } else {
        failed(MP_OBJ_FROM_PTR(nlr.ret_val));
    }
}

// Room for the program.
__attribute__((export_name("room"))) char *room(size_t size) {
    return malloc(size);
}

// Calls what was served.
__attribute__((export_name("run"))) void run(int which) {
    begin();
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_call_function_0(MP_STATE_VM(guest_functions)[which]);
        nlr_pop();
    } else {
        failed(MP_OBJ_FROM_PTR(nlr.ret_val));
    }
}

void nlr_jump_fail(void *val) {
    (void)val;
    __builtin_trap();
}

mp_lexer_t *mp_lexer_new_from_file(qstr filename) {
    (void)filename;
    mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("a script has no files"));
}

mp_import_stat_t mp_import_stat(const char *path) {
    (void)path;
    return MP_IMPORT_STAT_NO_EXIST;
}
