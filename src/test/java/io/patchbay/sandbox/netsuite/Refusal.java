package io.patchbay.sandbox.netsuite;

/** Why a request is refused, as NetSuite writes it. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refusal(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    static Refusal of(String detail) {
        return new Refusal(400, "USER_ERROR", detail);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
