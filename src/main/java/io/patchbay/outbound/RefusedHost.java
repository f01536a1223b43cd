package io.patchbay.outbound;

import java.net.UnknownHostException;

/** A host that may not be called. */
public class RefusedHost extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that says why. */
    public RefusedHost(String what) {
        super(what);
    }
}
