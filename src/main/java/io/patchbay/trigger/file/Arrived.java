package io.patchbay.trigger.file;

import io.patchbay.connector.file.Folder;
import io.patchbay.trigger.Arrival.Order;
import java.util.Comparator;

/**
 * A file as a look found it. Servers tell times to the second, disks to the nanosecond; milliseconds are what is compared.
 *
 * @param name its name, which is safe
 * @param size in bytes
 * @param modifiedMs when it was last written, in milliseconds since 1970
 */
record Arrived(String name, long size, long modifiedMs) {

    static Arrived of(Folder.Entry entry) {
        return new Arrived(entry.name(), entry.size(), entry.modified().toEpochMilli());
    }

    /** Which goes first; the name decides between equals. */
    static Comparator<Arrived> by(Order order) {
        Comparator<Arrived> name = Comparator.comparing(Arrived::name);
        Comparator<Arrived> time = Comparator.comparingLong(Arrived::modifiedMs);
        return switch (order) {
            case NAME -> name;
            case OLDEST -> time.thenComparing(name);
            case NEWEST -> time.reversed().thenComparing(name);
        };
    }
}
