// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.bridge.SwitchPort;
import dev.ringside.packet.MacAddress;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The MAC addresses of others that a port of a router takes, or refuses, for a time. */
final class Aliases {

  /** What is done with a frame. */
  enum Verdict {
    UNKNOWN,
    TAKEN,
    REFUSED
  }

  private record Alias(MacAddress mac, Verdict verdict, Timer end) {}

  private final World world;
  private final SwitchPort port;
  private final List<Alias> aliases = new ArrayList<>(0);

  Aliases(World world, SwitchPort port) {
    this.world = world;
    this.port = port;
  }

  Verdict of(long mac) {
    for (int i = 0; i < aliases.size(); i++) {
      if (aliases.get(i).mac.bits() == mac) {
        return aliases.get(i).verdict;
      }
    }
    return Verdict.UNKNOWN;
  }

  void add(MacAddress mac, Duration grace, boolean taken) {
    if (grace.isNegative() || grace.isZero()) {
      throw new IllegalArgumentException("grace time " + grace + " must be positive");
    }
    boolean unused = remove(mac);
    Timer end = world.schedule(grace.toNanos(), () -> remove(mac));
    aliases.add(new Alias(mac, taken ? Verdict.TAKEN : Verdict.REFUSED, end));
    port.pin(mac);
  }

  boolean remove(MacAddress mac) {
    for (Alias alias : aliases) {
      if (alias.mac.equals(mac)) {
        boolean unused = alias.end.cancel();
        port.unpin(mac);
        return aliases.remove(alias);
      }
    }
    return false;
  }

  void end() {
    for (Alias alias : List.copyOf(aliases)) {
      boolean unused = remove(alias.mac);
    }
  }

  List<MacAddress> list() {
    List<MacAddress> taken = new ArrayList<>();
    for (Alias alias : aliases) {
      if (alias.verdict == Verdict.TAKEN) {
        taken.add(alias.mac);
      }
    }
    return taken;
  }
}
