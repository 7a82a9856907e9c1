// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.MacAddress;
import dev.ringside.ring.Ring;
import dev.ringside.world.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which MAC address an IP address is at, and the packets that wait until that is known. */
final class NeighbourCache {

  /** How many packets wait for one neighbour (Linux: unres_qlen in its older form is 3). */
  static final int MAX_WAITING = 64;

  /** How many neighbours are remembered; the one learned first makes room. */
  static final int MAX_NEIGHBOURS = 1_024;

  /** What is known of one neighbour. */
  static final class Neighbour {
    final IpAddress ip;
    final Ring waiting;
    @Nullable MacAddress mac;
    @Nullable Timer retry;
    int requests;

    Neighbour(IpAddress ip) {
      this.ip = ip;
      this.waiting = new Ring("waiting for " + ip, MAX_WAITING);
    }
  }

  private final Map<IpAddress, Neighbour> neighbours = new LinkedHashMap<>(4);

  @Nullable MacAddress find(IpAddress ip) {
    Neighbour neighbour = neighbours.get(ip);
    return neighbour == null ? null : neighbour.mac;
  }

  @Nullable Neighbour get(IpAddress ip) {
    return neighbours.get(ip);
  }

  /** What is known of a neighbour; null if it is new and packets wait for all the others. */
  @Nullable Neighbour getOrCreate(IpAddress ip) {
    Neighbour neighbour = neighbours.get(ip);
    if (neighbour == null && makeRoom()) {
      neighbour = new Neighbour(ip);
      neighbours.put(ip, neighbour);
    }
    return neighbour;
  }

  private boolean makeRoom() {
    if (neighbours.size() < MAX_NEIGHBOURS) {
      return true;
    }
    for (Neighbour neighbour : neighbours.values()) {
      if (neighbour.waiting.isEmpty()) {
        neighbours.remove(neighbour.ip);
        return true;
      }
    }
    return false;
  }

  void forget(IpAddress ip) {
    neighbours.remove(ip);
  }

  /** Forgets all; what was known of them. */
  List<Neighbour> clear() {
    List<Neighbour> former = List.copyOf(neighbours.values());
    neighbours.clear();
    return former;
  }

  /** What is known of each, in the order in which they were met. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(neighbours.size());
    for (Neighbour neighbour : neighbours.values()) {
      MacAddress mac = neighbour.mac;
      lines.add(neighbour.ip + (mac == null ? " INCOMPLETE" : " lladdr " + mac + " REACHABLE"));
    }
    return lines;
  }

  /** How many packets wait. */
  int waiting() {
    int waiting = 0;
    for (Neighbour neighbour : neighbours.values()) {
      waiting += neighbour.waiting.size();
    }
    return waiting;
  }
}
