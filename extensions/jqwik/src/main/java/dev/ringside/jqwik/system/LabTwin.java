// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a whole lab does, said naively: who is where, which NICs work, who reaches whom, and which
 * packets are still to come.
 *
 * <pre>{@code
 * LabTwin twin = new LabTwin();
 * twin.hasHost("h1", 2, true);
 * twin.starts("vm1", "h1");
 * twin.fails("h1", 0);
 * twin.fate("vm1", LabTwin.STATION); // ARRIVES, by the other NIC
 * }</pre>
 *
 * <p>A few rules say who reaches whom: virtual machines of one host always do; others do if there
 * is a NIC that works on both sides and, on blades, the interconnect and, out of a chassis, its
 * shared NIC. Of what is under way over time it knows only that no packet comes twice, late, or to
 * somebody else.
 */
public class LabTwin {

  /** The name of the test's own station, which has no NIC that could fail. */
  public static final String STATION = "station";

  /**
   * What becomes of a packet.
   *
   * <pre>{@code
   * twin.fate("vm1", "vm2") == LabTwin.Fate.ARRIVES
   * }</pre>
   */
  public enum Fate {
    /** It arrives, now or when there is memory for it. */
    ARRIVES,
    /** Nobody reaches that one: it never arrives. */
    LOST,
    /** An attack or a monitor's: it never arrives, and is counted where it ended. */
    TAKEN,
    /** It may arrive, or it may not. */
    UNKNOWN
  }

  /**
   * A packet.
   *
   * <pre>{@code
   * new LabTwin.Sent(1, "vm1", "vm2", 4_242, LabTwin.Fate.ARRIVES)
   * }</pre>
   *
   * @param number its number, from 1
   * @param from who has sent it
   * @param to who shall get it
   * @param port its destination port
   * @param fate what becomes of it
   */
  public record Sent(int number, String from, String to, int port, Fate fate) {

    String flow() {
      return from + ">" + to + ":" + port;
    }

    @Override
    public String toString() {
      return number + " from " + from + " to " + to;
    }
  }

  /** A host, or what the blades of a chassis share: a NIC, and the interconnect before it. */
  private record Site(boolean calm, @Nullable String chassis, List<Boolean> nics) {}

  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<String, List<Sent>> due = new LinkedHashMap<>();
  private final Map<String, Integer> last = new LinkedHashMap<>();
  private final BitSet arrived = new BitSet();
  private final Set<String> unordered = new LinkedHashSet<>();

  /** An empty lab, but for the station. */
  public LabTwin() {}

  // ---- who is where ----

  /**
   * There is a host.
   *
   * @param calm whether all that happens to it is over at once
   */
  public void hasHost(String host, int pnics, boolean calm) {
    hasBlade(host, null, pnics, calm);
  }

  /**
   * There is a blade.
   *
   * @param chassis the chassis that it is in, null if in none
   * @param calm whether all that happens to it is over at once
   */
  public void hasBlade(String blade, @Nullable String chassis, int pnics, boolean calm) {
    List<Boolean> nics = new ArrayList<>();
    for (int i = 0; i < pnics; i++) {
      nics.add(true);
    }
    sites.put(blade, new Site(calm, chassis, nics));
    if (chassis != null && !sites.containsKey(chassis)) {
      hasHost(chassis, 1, true); // its shared NIC
      hasHost(interconnectOf(chassis), 1, true);
    }
  }

  /** The name of the interconnect of a chassis. */
  public static String interconnectOf(String chassis) {
    return chassis + "/interconnect";
  }

  /** A host gets another NIC, which works. */
  public void addsPnic(String host) {
    site(host).nics().add(true);
  }

  /** A NIC works no longer. */
  public void fails(String host, int pnic) {
    site(host).nics().set(pnic, false);
  }

  /** A NIC works again. */
  public void repairs(String host, int pnic) {
    site(host).nics().set(pnic, true);
  }

  /** A virtual machine starts there, or has moved there. */
  public void starts(String vm, String host) {
    places.put(vm, host);
  }

  /** A virtual machine ends: what was to come for it does not. */
  public void ends(String vm) {
    places.remove(vm);
    due.remove(vm);
  }

  /**
   * From now on what a virtual machine sends and receives may overtake itself, as after a move from
   * or to a host with proxies: what waits on the uplink and what comes by a proxy are two ways.
   */
  public void losesOrder(String vm) {
    unordered.add(vm);
  }

  /** The host of a virtual machine; null: it is on none. */
  public @Nullable String placeOf(String vm) {
    return places.get(vm);
  }

  /** The virtual machines on a host, the oldest first. */
  public List<String> vmsOn(String host) {
    List<String> vms = new ArrayList<>();
    places.forEach(
        (vm, place) -> {
          if (place.equals(host)) {
            vms.add(vm);
          }
        });
    return vms;
  }

  private Site site(String host) {
    return Objects.requireNonNull(sites.get(host), host);
  }

  // ---- who reaches whom ----

  /** What becomes of a packet that nothing on its way takes. */
  public Fate fate(String from, String to) {
    String source = places.get(from);
    String target = places.get(to);
    if (!isCalm(source) || !isCalm(target)) {
      return Fate.UNKNOWN;
    }
    return Objects.equals(source, target) || areJoined(source, target) ? Fate.ARRIVES : Fate.LOST;
  }

  private boolean areJoined(@Nullable String source, @Nullable String target) {
    String from = chassisOf(source);
    String to = chassisOf(target);
    boolean within = from != null && from.equals(to);
    return isUp(source) && isUp(target) && (within || (reachesOut(from) && reachesOut(to)));
  }

  private @Nullable String chassisOf(@Nullable String host) {
    return host == null ? null : site(host).chassis();
  }

  private boolean reachesOut(@Nullable String chassis) {
    return chassis == null || isUp(chassis);
  }

  /** Whether all that happens to a host is over at once; null: the station's network. */
  public boolean isCalm(@Nullable String host) {
    return host == null || site(host).calm();
  }

  /** Whether a host has a NIC by which it is reached; null: the station, which needs none. */
  protected boolean isUp(@Nullable String host) {
    String chassis = chassisOf(host);
    return host == null
        || (site(host).nics().contains(true) && (chassis == null || isUp(interconnectOf(chassis))));
  }

  // ---- packets ----

  /** The next packet is sent. */
  public Sent sends(String from, String to, int port, Fate fate) {
    Sent packet = new Sent(sent.size() + 1, from, to, port, fate);
    sent.add(packet);
    if (fate == Fate.ARRIVES) {
      due.computeIfAbsent(to, receiver -> new ArrayList<>()).add(packet);
    }
    return packet;
  }

  /**
   * Somebody has received a packet.
   *
   * @throws AssertionError if it was not to come, or not now
   */
  public void receives(String who, int number) {
    check(
        number >= 1 && number <= sent.size(),
        who + " has received " + number + ", which was never sent");
    Sent packet = sent.get(number - 1);
    check(packet.to().equals(who), who + " has received " + packet);
    check(packet.fate() != Fate.LOST, packet + " has arrived, and there was no way for it");
    check(packet.fate() != Fate.TAKEN, packet + " has arrived, and was to be taken on its way");
    check(!arrived.get(number), packet + " has arrived twice");
    arrived.set(number);
    Integer before = last.put(packet.flow(), number);
    boolean ordered = !unordered.contains(packet.from()) && !unordered.contains(packet.to());
    check(!ordered || before == null || before < number, packet + " has arrived after " + before);
    List<Sent> waiting = due.get(who);
    if (waiting != null) {
      waiting.remove(packet);
    }
  }

  /** What is still to come for somebody, in the order in which it was sent. */
  public List<Sent> due(String who) {
    return List.copyOf(due.getOrDefault(who, List.of()));
  }

  /** A packet that was to come is not to be waited for: it is lost, or nobody knows. */
  public void forgets(Sent packet, Fate fate) {
    due.getOrDefault(packet.to(), new ArrayList<>()).remove(packet);
    sent.set(
        packet.number() - 1,
        new Sent(packet.number(), packet.from(), packet.to(), packet.port(), fate));
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      throw new AssertionError(wrong);
    }
  }

  @Override
  public String toString() {
    return "places " + places + ", still to come " + due;
  }
}
