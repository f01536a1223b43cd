package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.camel.api.management.mbean.ManagedBacklogTracerMBean;
import org.apache.camel.api.management.mbean.ManagedCamelContextMBean;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ReadOnlyJolokiaTest {

    private static final String ROUTE = "org.apache.camel:context=patchbay,type=routes,name=\"orders\"";

    private final List<String> written = new ArrayList<>();
    private boolean writes = true;

    private final ReadOnlyJolokia jolokia = new ReadOnlyJolokia(new JolokiaAudit() {
        @Override
        public boolean allowed(String subject) {
            written.add("allowed " + subject);
            return writes;
        }

        @Override
        public void denied(String subject) {
            written.add("denied " + subject);
        }
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dumpRouteAsXml()",
                "dumpRouteStatsAsXml(boolean,boolean)",
                "getTotalRoutes",
                "listComponents()",
                "explainEipJson(java.lang.String,boolean)"
            })
    void callsCamelOperationsThatOnlyTell(String operation) throws Exception {
        ObjectName route = name(ROUTE);
        asAdministrator(
                () -> assertThat(jolokia.isOperationAllowed(route, operation)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browseRange(java.lang.Integer,java.lang.Integer)",
                "browseAllMessagesAsXml(java.lang.Boolean)",
                "dumpAllTracedMessages()",
                "dumpLatestMessageHistoryAsXml()"
            })
    void handsOutMessagesToAdministratorsOnly(String operation) throws Exception {
        ObjectName route = name(ROUTE);
        asAdministrator(
                () -> assertThat(jolokia.isOperationAllowed(route, operation)).isTrue());
        as(Role.MANAGER, List.of(), () -> {
            assertThat(jolokia.isOperationAllowed(route, operation)).isFalse();
            assertThat(jolokia.isOperationAllowed(route, "dumpRouteAsXml()")).isTrue();
        });
    }

    @Test
    void writesDownWhatHandsOutMessagesAndWhatIsRefusedAndNotWhatConsolesPoll() throws Exception {
        ObjectName route = name(ROUTE);
        asAdministrator(() -> {
            jolokia.isOperationAllowed(route, "dumpRouteAsXml()");
            jolokia.isOperationAllowed(route, "browseAllMessagesAsXml(java.lang.Boolean)");
            jolokia.isOperationAllowed(route, "stop()");
            jolokia.isTypeAllowed(RequestType.WRITE);
        });
        as(Role.USER, List.of(), () -> jolokia.isOperationAllowed(route, "browseAllMessagesAsXml()"));

        String of = " of org.apache.camel:context=patchbay,name=\"orders\",type=routes";
        assertThat(written)
                .containsExactly(
                        "allowed browseAllMessagesAsXml" + of,
                        "denied stop" + of,
                        "denied write",
                        "denied browseAllMessagesAsXml" + of);
    }

    @Test
    void handsOutNothingThatCannotBeWrittenDown() throws Exception {
        ObjectName route = name(ROUTE);
        writes = false;
        asAdministrator(() -> assertThat(jolokia.isOperationAllowed(route, "browseAllMessagesAsXml()"))
                .isFalse());
        // Made as Jolokia makes it, and no request that could say who asks.
        asAdministrator(() -> assertThat(new ReadOnlyJolokia().isOperationAllowed(route, "browseAllMessagesAsXml()"))
                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop()",
                "start()",
                "suspend()",
                "remove()",
                "reset()",
                "updateRouteFromXml(java.lang.String)",
                "sendBody(java.lang.String,java.lang.Object)",
                "requestBody",
                "createEndpoint",
                "setTracing(boolean)",
                "addOrUpdateRoutesFromXml",
                "enableDebugger()",
                "dump;stop()",
                "stop(dump)"
            })
    void refusesCamelOperationsThatChangeSomething(String operation) throws Exception {
        assertThat(jolokia.isOperationAllowed(name(ROUTE), operation)).isFalse();
    }

    @Test
    void opensNoOperationOfCamelsOwnMBeansThatIsKnownToChangeSomething() throws Exception {
        List<String> changing = List.of(
                "start", "stop", "suspend", "resume", "remove", "update", "add", "send", "set", "request", "create",
                "reset", "enable", "disable", "restart", "clear", "purge");
        for (Class<?> mbean :
                List.of(ManagedCamelContextMBean.class, ManagedRouteMBean.class, ManagedBacklogTracerMBean.class)) {
            for (var method : mbean.getMethods()) {
                if (changing.stream().anyMatch(method.getName()::startsWith)) {
                    assertThat(jolokia.isOperationAllowed(name(ROUTE), method.getName() + "()"))
                            .as(method.getName())
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang:type=Memory",
                "com.sun.management:type=HotSpotDiagnostic",
                "java.util.logging:type=Logging",
                "com.zaxxer.hikari:type=Pool (main)",
                "JMImplementation:type=MBeanServerDelegate",
                "jdk.management.jfr:type=FlightRecorder"
            })
    void callsNothingOutsideOfCamelAndHawtio(String mbean) throws Exception {
        assertThat(jolokia.isOperationAllowed(name(mbean), "gc()")).isFalse();
        assertThat(jolokia.isOperationAllowed(name(mbean), "dumpHeap(java.lang.String,boolean)"))
                .isFalse();
        assertThat(jolokia.isOperationAllowed(name(mbean), "getValue()")).isFalse();
    }

    @Test
    void hidesWhatItDoesNotOpen() throws Exception {
        assertThat(jolokia.isObjectNameHidden(name("com.zaxxer.hikari:type=Pool (main)")))
                .isTrue();
        assertThat(jolokia.isAttributeReadAllowed(name("java.util.logging:type=Logging"), "LoggerNames"))
                .isFalse();
        assertThat(jolokia.isAttributeReadAllowed(name("java.lang:type=Runtime"), "SystemProperties"))
                .isFalse();
        assertThat(jolokia.isAttributeReadAllowed(name("java.lang:type=Runtime"), "InputArguments"))
                .isFalse();
        assertThat(jolokia.isAttributeReadAllowed(name("java.lang:type=Runtime"), "Uptime"))
                .isTrue();
        assertThat(jolokia.isAttributeReadAllowed(name(ROUTE), "ExchangesTotal"))
                .isTrue();
    }

    @Test
    void writesDownWhichAttributesAreNotTold() throws Exception {
        jolokia.isAttributeReadAllowed(name("java.lang:type=Runtime"), "SystemProperties");
        jolokia.isAttributeReadAllowed(name("java.lang:type=Runtime"), "Uptime");
        jolokia.isAttributeReadAllowed(name(ROUTE), "ExchangesTotal");
        jolokia.isAttributeReadAllowed(name("java.util.logging:type=Logging"), "LoggerNames");

        assertThat(written)
                .containsExactly(
                        "denied SystemProperties of java.lang:type=Runtime",
                        "denied LoggerNames of java.util.logging:type=Logging");
    }

    @Test
    void writesDownAReadOfAllAttributesOfManyMBeansInAFewLines() throws Exception {
        for (int request = 1; request <= 2; request++) {
            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
            try {
                for (int pool = 1; pool <= 9; pool++) {
                    for (String attribute : List.of("ActiveConnections", "IdleConnections")) {
                        assertThat(jolokia.isAttributeReadAllowed(
                                        name("com.zaxxer.hikari:type=Pool (" + pool + ")"), attribute))
                                .isFalse();
                    }
                }
            } finally {
                RequestContextHolder.resetRequestAttributes();
            }
        }

        assertThat(written)
                .hasSize(10)
                .startsWith(
                        "denied ActiveConnections of com.zaxxer.hikari:type=Pool (1)",
                        "denied ActiveConnections of com.zaxxer.hikari:type=Pool (2)");
    }

    @Test
    void writesNothing() throws Exception {
        assertThat(jolokia.isAttributeWriteAllowed(name(ROUTE), "Tracing")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE", "CONFIG", "NOTIFICATION"})
    void refusesRequestsOfOtherKinds(RequestType type) {
        asAdministrator(() -> assertThat(jolokia.isTypeAllowed(type)).isFalse());
    }

    @Test
    void answersThoseWhoMayViewEverything() {
        assertThat(jolokia.isTypeAllowed(RequestType.READ)).isFalse();
        as(
                Role.READ_ONLY,
                List.of(),
                () -> assertThat(jolokia.isTypeAllowed(RequestType.READ)).isTrue());
        as(
                Role.USER,
                List.of("orders"),
                () -> assertThat(jolokia.isTypeAllowed(RequestType.READ)).isFalse());
        asAdministrator(
                () -> assertThat(jolokia.isTypeAllowed(RequestType.READ)).isTrue());
    }

    private static void asAdministrator(Runnable action) {
        as(Role.ADMINISTRATOR, List.of(), action);
    }

    private static void as(Role role, List<String> flows, Runnable action) {
        SecurityContextHolder.getContext()
                .setAuthentication(new Actor(Actor.Kind.KEY, "ada", role, flows).authenticated());
        try {
            action.run();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static ObjectName name(String text) throws MalformedObjectNameException {
        return new ObjectName(text);
    }
}
