package io.patchbay.connector.camel;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import jakarta.xml.ws.Binding;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.handler.Handler;
import jakarta.xml.ws.handler.MessageContext;
import jakarta.xml.ws.handler.soap.SOAPHandler;
import jakarta.xml.ws.handler.soap.SOAPMessageContext;
import jakarta.xml.ws.soap.SOAPBinding;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.NodeList;

/** A SOAP service as JAX-WS makes one of annotated classes: orders, faults, and a header with user and password. */
final class OrderService implements AutoCloseable {

    static final String NAMESPACE = "urn:example:orders";
    static final String PASSWORD = "t0p-s3cret-value";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

    private final Endpoint open;
    private final Endpoint open12;
    private final Endpoint secured;

    @SuppressWarnings("rawtypes") // as JAX-WS has it
    OrderService(int port) {
        String at = "http://127.0.0.1:" + port;
        open = Endpoint.publish(at + "/orders", new Orders());
        open12 = Endpoint.publish(at + "/orders12", new Orders12());
        secured = Endpoint.create(new Orders());
        Binding binding = secured.getBinding();
        binding.setHandlerChain(List.<Handler>of(new Doorman()));
        secured.publish(at + "/secured");
    }

    @Override
    public void close() {
        List.of(open, open12, secured).forEach(Endpoint::stop);
    }

    /** An order. */
    public static class Order {
        public String number;
        public int lines;

        public Order() {}

        Order(String number, int lines) {
            this.number = number;
            this.lines = lines;
        }
    }

    /** Says that there is no such order. */
    public static class NoSuchOrder extends Exception {
        private static final long serialVersionUID = 1L;

        public NoSuchOrder(String message) {
            super(message);
        }
    }

    /** The service, by SOAP 1.1. */
    @WebService(name = "Orders", serviceName = "OrderService", targetNamespace = NAMESPACE)
    public static class Orders {

        @WebMethod(operationName = "ListOrders", action = "urn:example:orders/ListOrders")
        @WebResult(name = "order")
        public List<Order> listOrders(@WebParam(name = "status") String status) {
            return List.of(new Order("1-" + status, 2), new Order("2-" + status, 1));
        }

        @WebMethod(operationName = "CancelOrder", action = "urn:example:orders/CancelOrder")
        @WebResult(name = "done")
        public boolean cancelOrder(@WebParam(name = "number") String number) throws NoSuchOrder {
            if (number.startsWith("x")) {
                throw new IllegalStateException("the table of orders is locked");
            }
            if (!number.startsWith("1")) {
                throw new NoSuchOrder("there is no order '" + number + "'");
            }
            return true;
        }
    }

    /** The same by SOAP 1.2. */
    @WebService(name = "Orders", serviceName = "OrderService", targetNamespace = NAMESPACE)
    @BindingType(SOAPBinding.SOAP12HTTP_BINDING)
    public static class Orders12 extends Orders {}

    /** Lets in whoever shows the password in the header of WS-Security, which it says it understands. */
    private static final class Doorman implements SOAPHandler<SOAPMessageContext> {

        @Override
        public Set<QName> getHeaders() {
            return Set.of(new QName(WSSE, "Security"));
        }

        @Override
        public boolean handleMessage(SOAPMessageContext context) {
            if (Boolean.TRUE.equals(context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY))) {
                return true;
            }
            try {
                var header = context.getMessage().getSOAPHeader();
                NodeList given = header == null ? null : header.getElementsByTagNameNS(WSSE, "Password");
                if (given == null
                        || given.getLength() != 1
                        || !given.item(0).getTextContent().equals(PASSWORD)) {
                    var fault = context.getMessage()
                            .getSOAPPart()
                            .getEnvelope()
                            .getBody()
                            .addFault(
                                    new QName("http://schemas.xmlsoap.org/soap/envelope/", "Client"), "wrong password");
                    throw new SOAPFaultException(fault);
                }
                return true;
            } catch (jakarta.xml.soap.SOAPException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean handleFault(SOAPMessageContext context) {
            return true;
        }

        @Override
        public void close(MessageContext context) {
            // nothing is open
        }
    }
}
