// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.opcode;
import static dev.ringside.properties.defects.Edits.unread;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S7;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** What can be wrong with routers and the addresses of subnets. */
final class RoutingDefects {

  private static final String TWIN = "RoutingProperties.a_router_does_what_its_twin_says";
  private static final String POOL = "AddressPoolProperties.a_pool_does_what_a_set_does";

  private RoutingDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S7,
            "a router leaves the time to live as it is",
            TWIN,
            Component.of("packet.RoutedPackets")
                .with("forwarded", opcode(Opcodes.ISUB, Opcodes.POP))),
        new Defect(
            S7,
            "the checksum is not that of one hop less",
            TWIN,
            Component.of("packet.RoutedPackets")
                .with("checksumOfOneHopLess", opcode(Opcodes.IADD, Opcodes.ISUB))),
        new Defect(
            S7,
            "a packet at its last hop goes on",
            TWIN,
            Component.of("routing.Router").with("findWay", answered("Packet.timeToLive", 64))),
        new Defect(
            S7,
            "nobody is told that a packet has expired",
            TWIN,
            Component.of("routing.Router").with("findWay", without("Errors.timeExceeded"))),
        new Defect(
            S7,
            "an address is taken to be in every prefix on its way",
            TWIN,
            Component.of("packet.PrefixTable").with("longest", answered("Node.contains", 1))),
        new Defect(
            S7,
            "packets leave that are longer than the link takes",
            TWIN,
            Component.of("routing.Router").with("forward", answered("RouterPort.mtu", 9_000))),
        new Defect(
            S7,
            "a packet goes to the station instead of the gateway",
            TWIN,
            Component.of("routing.Route").with("nextHop", unread("gatewayOrNull"))),
        new Defect(
            S7,
            "an address that is given back is not given again",
            POOL,
            Component.of("routing.AddressPool").with("release", without("TreeSet.add"))),
        new Defect(
            S7,
            "the broadcast address is given to a station",
            POOL,
            Component.of("routing.AddressPool").with("<init>", without("IpPrefix.broadcast"))));
  }
}
