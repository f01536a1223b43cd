package io.patchbay.outbound;

import java.io.IOException;

/** The proxy, and not the system behind it, is why a call could not be made. Its sentence names the setting to look at. */
public final class ProxyFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    ProxyFailure(String what, boolean passing) {
        super(what);
        this.passing = passing;
    }

    /** Whether another try may do. */
    public boolean passing() {
        return passing;
    }
}
