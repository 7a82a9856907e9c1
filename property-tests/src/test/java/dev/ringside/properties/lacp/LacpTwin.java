// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.lacp;

import dev.ringside.packet.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What two systems that agree by LACP come to in the end, said without time, messages or states: of
 * the links that have a partner, the largest group of those with the same one, and of it as many as
 * may carry traffic.
 */
final class LacpTwin {

  /** One link, and what its far end says of itself. */
  static final class Link {
    private final int number;
    boolean plugged = true;
    boolean failed;
    boolean hung;
    boolean silent;
    boolean alone;
    int key;
    int priority = 0x8000;
    MacAddress system;

    private Link(int number, int key, MacAddress system) {
      this.number = number;
      this.key = key;
      this.system = system;
    }

    private boolean hasPartner() {
      return plugged && !failed && !hung && !silent && !alone;
    }

    private boolean isWith(Link other) {
      return key == other.key && system.equals(other.system);
    }
  }

  private final MacAddress near;
  private final int mostPorts;
  final List<Link> links = new ArrayList<>();

  LacpTwin(MacAddress near, MacAddress far, int key, int mostPorts) {
    this.near = near;
    this.mostPorts = mostPorts;
    for (int i = 0; i < 4; i++) {
      links.add(new Link(i, key, far));
    }
  }

  /** The NICs that carry traffic once everything that had to be said was said. */
  List<String> distributing() {
    List<Link> heard = links.stream().filter(Link::hasPartner).toList();
    List<Link> taken = taken(heard);
    return links.stream().filter(taken::contains).map(link -> "p" + link.number).toList();
  }

  private List<Link> taken(List<Link> heard) {
    return heard.stream()
        .filter(link -> link.isWith(leader(heard)))
        .sorted(Comparator.comparingInt(this::farPriority).thenComparingInt(link -> link.number))
        .limit(mostPorts)
        .toList();
  }

  private Link leader(List<Link> heard) {
    Comparator<Link> bySize =
        Comparator.comparingLong(link -> heard.stream().filter(link::isWith).count());
    return heard.stream()
        .min(
            bySize
                .reversed()
                .thenComparingLong(link -> Math.min(near.bits(), link.system.bits()))
                .thenComparingLong(link -> Math.max(near.bits(), link.system.bits()))
                .thenComparingInt(link -> link.key))
        .orElseThrow();
  }

  /** Priorities count at the end with the lower address; the near end gives all the same. */
  private int farPriority(Link link) {
    return near.bits() <= link.system.bits() ? 0 : link.priority;
  }
}
