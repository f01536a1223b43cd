package io.patchbay.service;

import io.patchbay.service.ServiceReader.Service;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The services that there are now, by name. */
public final class Services {

    private final ServiceReader reader = new ServiceReader();
    private volatile Map<String, Service> services = Map.of();

    /** Creates it, with none. */
    public Services() {}

    /** A service file: its path and text. */
    public record File(String path, String text) {}

    /** Takes all service files that there are; of one that is broken, the service stays as it was. */
    public void take(Collection<File> files) {
        Map<String, Service> before = new TreeMap<>();
        services.values().forEach(service -> before.put(service.path(), service));
        Map<String, Service> now = new TreeMap<>();
        for (File file : files) {
            Service was = before.get(file.path());
            Service read = was != null && was.text().equals(file.text())
                    ? was
                    : reader.read(file.path(), file.text()).value().orElse(was);
            if (read != null) {
                now.putIfAbsent(read.file().service(), read);
            }
        }
        services = now;
    }

    /** All, by name. */
    public List<Service> list() {
        return List.copyOf(services.values());
    }

    /** One; empty when there is none of this name. */
    public Optional<Service> find(String name) {
        return Optional.ofNullable(services.get(name));
    }
}
