package io.patchbay.ops.security;

import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;
import org.jolokia.server.core.util.RequestType;

/**
 * Refuses everybody to listen to MBeans. Jolokia asks its restrictor about every kind of request but this one, and would listen to any MBean, and
 * keep each client that makes itself known. It is found by {@code META-INF/jolokia/services}, before Jolokia's own handler.
 */
public final class NoNotifications extends AbstractRequestHandler {

    /** @param order where it stands among those that may handle a request */
    public NoNotifications(int order) {
        super("no-notifications", order);
    }

    @Override
    public boolean canHandle(JolokiaRequest request) {
        return request.getType() == RequestType.NOTIFICATION;
    }

    @Override
    public <R extends JolokiaRequest> Object handleRequest(R request, Object earlier) {
        JolokiaAudit.OF_REQUEST.denied(request.getType().getName());
        throw new SecurityException("Listening to MBeans is not allowed");
    }
}
