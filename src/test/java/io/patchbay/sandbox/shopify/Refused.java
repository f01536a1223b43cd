package io.patchbay.sandbox.shopify;

/** What Shopify answers with an error of the request as a whole, not with userErrors. */
final class Refused extends RuntimeException {

    private final String code;

    Refused(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
