// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.trace.DropReason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a router has to do, found out the slow way: by walking over all routes. */
final class RoutingTwin {

  /**
   * What becomes of a packet.
   *
   * @param station who gets it, -1 for nobody
   * @param frames in how many pieces
   * @param reason why nobody gets it
   * @param type of the ICMP error that its sender gets, -1 for none
   */
  record Fate(int station, int frames, @Nullable DropReason reason, int type, int code) {}

  private final Map<IpPrefix, Integer> gateways = new LinkedHashMap<>();
  private final int[] mtus = new int[Stations.SUBNETS];

  RoutingTwin() {
    for (int i = 0; i < mtus.length; i++) {
      mtus[i] = 1_500;
    }
  }

  void apply(Step.AddRoute step) {
    gateways.put(step.prefix(), step.gateway());
  }

  void apply(Step.RemoveRoute step) {
    gateways.remove(step.prefix());
  }

  void apply(Step.SetMtu step) {
    mtus[step.subnet()] = step.mtu();
  }

  Fate fateOf(Step.Send send) {
    boolean v4 = send.to().version() == 4;
    IpPrefix longest = null;
    for (IpPrefix prefix : gateways.keySet()) {
      longest = longer(longest, prefix, send.to());
    }
    for (int subnet = 0; subnet < Stations.SUBNETS; subnet++) {
      longest = longer(longest, Stations.subnet(subnet, v4), send.to());
    }
    if (longest == null) {
      return lost(DropReason.NO_ROUTE, v4 ? 3 : 1, 0);
    }
    if (send.hops() <= 1) {
      return lost(DropReason.TTL, v4 ? 11 : 3, 0);
    }
    Integer gateway = gateways.get(longest);
    return gateway == null
        ? onLink(send, Stations.subnetOf(send.to()))
        : through(send, Stations.subnetOfStation(gateway), gateway);
  }

  private static @Nullable IpPrefix longer(
      @Nullable IpPrefix best, IpPrefix prefix, IpAddress address) {
    boolean longer = best == null || prefix.length() > best.length();
    return longer && prefix.contains(address) ? prefix : best;
  }

  private Fate onLink(Step.Send send, int subnet) {
    int station = Stations.numberOf(send.to());
    Fate through = through(send, subnet, station);
    return station < 0 && through.reason() == null
        ? lost(DropReason.NO_PEER, send.to().version() == 4 ? 3 : 1, v4(send) ? 1 : 3)
        : through;
  }

  private Fate through(Step.Send send, int subnet, int station) {
    int header = v4(send) ? 20 : 40;
    int length = header + 8 + send.bytes();
    if (length <= mtus[subnet]) {
      return new Fate(station, 1, null, -1, -1);
    }
    if (send.whole() || !v4(send)) {
      return v4(send) ? lost(DropReason.TOO_LONG, 3, 4) : lost(DropReason.TOO_LONG, 2, 0);
    }
    int each = (mtus[subnet] - header) / 8 * 8;
    int pieces = 1;
    for (int left = length - header; left > mtus[subnet] - header; left -= each) {
      pieces++;
    }
    return new Fate(station, pieces, null, -1, -1);
  }

  private static boolean v4(Step.Send send) {
    return send.to().version() == 4;
  }

  private static Fate lost(DropReason reason, int type, int code) {
    return new Fate(-1, 0, reason, type, code);
  }
}
