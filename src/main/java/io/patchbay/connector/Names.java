package io.patchbay.connector;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of hosts. A name may have others at the next moment, so whoever checks one connects to what it checked. */
@FunctionalInterface
public interface Names {

    /** As the machine is set up. */
    Names SYSTEM = InetAddress::getAllByName;

    /** All addresses, at least one. @throws UnknownHostException when there is none */
    InetAddress[] all(String host) throws UnknownHostException;
}
