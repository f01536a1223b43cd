package io.patchbay.cli;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the beans of this process show. */
final class Jmx {

    private Jmx() {}

    /** Names and attributes of all beans of Camel and of the program. */
    static String everything() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            if (name.getDomain().startsWith("java") || name.getDomain().startsWith("com.sun")) {
                continue;
            }
            all.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    all.append(shown(server, name, attribute.getName())).append('\n');
                }
            }
        }
        return all.toString();
    }

    private static String shown(MBeanServer server, ObjectName name, String attribute) {
        try {
            return attribute + "=" + server.getAttribute(name, attribute);
        } catch (JMException | RuntimeException e) {
            return attribute + " cannot be read";
        }
    }
}
