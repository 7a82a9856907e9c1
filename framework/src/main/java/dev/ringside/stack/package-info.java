/**
 * A small network stack, for virtual machines and for the test's own station: ARP, neighbour
 * discovery, routes to gateways, ICMP echo, UDP ports, fragments; an inbox, and handlers that the
 * user plugs in.
 *
 * <p>Not modelled: TCP connections, sockets, IGMP and MLD messages, duplicate address detection,
 * path MTU discovery, VLANs of its own (questions for addresses go untagged; answers go into the
 * VLANs that the question came from).
 */
@NullMarked
package dev.ringside.stack;

import org.jspecify.annotations.NullMarked;
