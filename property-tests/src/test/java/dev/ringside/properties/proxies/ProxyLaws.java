// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.properties.proxies.Bench.Sent;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxyVnic;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The laws of proxies, each of which lists what breaks it. */
final class ProxyLaws {

  private static final Set<Stage> OUTSIDE =
      Set.of(Stage.PNIC, Stage.VIRTUAL_FUNCTION, Stage.TRANSMIT_RING, Stage.WIRE);

  private ProxyLaws() {}

  /** How often somebody has received a packet, recognized by its source port. */
  private static int copies(VirtualMachine vm, Packet sent) {
    int copies = 0;
    for (Packet packet : vm.received()) {
      if (packet.sourcePort() == sent.sourcePort()) {
        copies++;
      }
    }
    return copies;
  }

  /** Whether it may be missed: somebody who had to do with it has gone. */
  private static boolean mayBeMissed(Bench run, Sent sent, VirtualMachine receiver) {
    List<VirtualMachine> present = run.present();
    return !present.contains(sent.from()) || !present.contains(receiver);
  }

  /** 1: a unicast is delivered to exactly the one it is for. */
  static List<String> unicastsReachOne(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      int copies = copies(sent.to(), sent.packet());
      boolean right = copies == 1 || (copies == 0 && mayBeMissed(run, sent, sent.to()));
      if (!sent.toAll() && !right) {
        wrong.add(sent + " came " + copies + " times");
      }
    }
    return wrong;
  }

  /** 2: each ordered pair has one channel, and a proxy's partner is the other's. */
  static List<String> everyPairHasItsChannels(Bench run) {
    List<String> wrong = new ArrayList<>();
    int guests = run.present().size();
    List<Channel> channels = run.proxies().channels();
    if (channels.size() != guests * (guests - 1)) {
      wrong.add(channels.size() + " channels of " + guests + " guests");
    }
    for (VirtualMachine vm : run.present()) {
      for (ProxyVnic proxy : run.proxies().virtualSwitch(vm.name()).proxies()) {
        if (proxy.partner().partner() != proxy || !proxy.partner().peer().equals(vm.name())) {
          wrong.add(proxy + " has partner " + proxy.partner());
        }
      }
    }
    return wrong;
  }

  /** 3: a table has a proxy for exactly the addresses of all others. */
  static List<String> tablesAreSymmetric(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (VirtualMachine vm : run.present()) {
      Map<MacAddress, String> expected = new LinkedHashMap<>();
      for (VirtualMachine other : run.present()) {
        String port = other == vm ? "/net0" : "/proxy-" + other.name();
        expected.put(other.mac(), vm.name() + port);
      }
      Map<MacAddress, String> table = run.proxies().virtualSwitch(vm.name()).table();
      if (!table.equals(expected)) {
        wrong.add(vm.name() + " knows " + table);
      }
    }
    return wrong;
  }

  /** 4: what one sends to another arrives in order. */
  static List<String> pairsKeepOrder(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (VirtualMachine receiver : run.everybody()) {
      Map<MacAddress, Integer> last = new LinkedHashMap<>();
      for (Packet packet : receiver.received()) {
        int port = packet.sourcePort();
        Integer before = last.put(packet.sourceMac(), port);
        if (before != null && before > port) {
          wrong.add(receiver.name() + " got " + port + " after " + before);
        }
      }
    }
    return wrong;
  }

  /** 4: what one sends leaves its virtual NIC in order, whomever it is for. */
  static List<String> guestsKeepOrder(Bench run) {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> last = new LinkedHashMap<>();
    for (JournalEntry entry : run.lab().journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && hop.stage() == Stage.VNIC && hop.fate() == Hop.Fate.PASSED) {
        int port = hop.packet().sourcePort();
        Integer before = isOwn(run, hop) ? last.put(hop.place(), port) : null;
        if (before != null && before > port) {
          wrong.add(hop.place() + " sent " + port + " after " + before);
        }
      }
    }
    return wrong;
  }

  private static boolean isOwn(Bench run, Hop hop) {
    for (VirtualMachine vm : run.everybody()) {
      if (hop.place().equals(vm.name() + "/net0")) {
        return vm.mac().equals(hop.packet().sourceMac());
      }
    }
    return false;
  }

  /** 5: every other guest gets one copy of a broadcast, and its sender none. */
  static List<String> broadcastsReachAllOnce(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      for (VirtualMachine vm : sent.toAll() ? run.everybody() : List.<VirtualMachine>of()) {
        int copies = copies(vm, sent.packet());
        int expected = vm == sent.from() ? 0 : 1;
        if (copies != expected && !(copies == 0 && mayBeMissed(run, sent, vm))) {
          wrong.add(vm.name() + " got " + copies + " of " + sent.packet());
        }
      }
    }
    return wrong;
  }

  private static List<Hop> way(Bench run, Sent sent) {
    return run.lab().trace(sent.packet()).hops();
  }

  private static boolean isBetweenGuests(Bench run, Sent sent) {
    return !sent.toAll() && copies(sent.to(), sent.packet()) > 0;
  }

  /** 6: a unicast between guests passes two switches at most. */
  static List<String> noLoops(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      int switches = 0;
      for (Hop hop : way(run, sent)) {
        if (hop.stage() == Stage.VIRTUAL_SWITCH) {
          switches++;
        }
      }
      if (isBetweenGuests(run, sent) && switches != 2) {
        wrong.add(sent.packet() + " passed " + switches + " switches");
      }
    }
    return wrong;
  }

  /** 7: a unicast between guests passes no card. */
  static List<String> noCards(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      for (Hop hop : way(run, sent)) {
        if (isBetweenGuests(run, sent) && OUTSIDE.contains(hop.stage())) {
          wrong.add(sent.packet() + " was at " + hop.stage());
        }
      }
    }
    return wrong;
  }

  /** 8: what arrives is what was sent, to the byte. */
  static List<String> bytesAreKept(Bench run) {
    Map<Integer, Packet> bySourcePort = new LinkedHashMap<>();
    for (Sent sent : run.sent()) {
      bySourcePort.put(sent.packet().sourcePort(), sent.packet());
    }
    List<String> wrong = new ArrayList<>();
    for (VirtualMachine vm : run.everybody()) {
      for (Packet packet : vm.received()) {
        Packet sent = bySourcePort.get(packet.sourcePort());
        if (sent == null || !packet.hasSameBytes(sent)) {
          wrong.add(packet + " was sent as " + sent);
        }
      }
    }
    return wrong;
  }

  /** 9: channels hold no more than they can, and are awaited only while they are full. */
  static List<String> channelsAreBounded(Bench run) {
    return run.seen();
  }

  /** 10: no entry leads to a proxy that is gone, and no proxy is of somebody who is gone. */
  static List<String> noEntryDangles(Bench run) {
    Set<String> ports = new LinkedHashSet<>();
    for (VirtualMachine vm : run.present()) {
      ports.add(vm.name() + "/net0");
      for (ProxyVnic proxy : run.proxies().virtualSwitch(vm.name()).proxies()) {
        ports.add(proxy.name());
      }
    }
    List<String> wrong = new ArrayList<>();
    for (Map<MacAddress, String> table : run.tables().values()) {
      for (String port : table.values()) {
        if (!ports.contains(port)) {
          wrong.add("no port " + port);
        }
      }
    }
    return wrong;
  }

  /** 11: nobody sees a unicast between two others. */
  static List<String> othersSeeNothing(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      for (Hop hop : sent.toAll() ? List.<Hop>of() : way(run, sent)) {
        String place = hop.place();
        for (VirtualMachine other : run.everybody()) {
          boolean isOther = other != sent.from() && other != sent.to();
          if (isOther && (place.equals(other.name()) || place.startsWith(other.name() + "/"))) {
            wrong.add(sent.packet() + " was at " + place);
          }
        }
      }
    }
    return wrong;
  }
}
