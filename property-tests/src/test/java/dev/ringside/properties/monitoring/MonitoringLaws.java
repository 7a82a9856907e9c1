// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

import dev.ringside.monitor.MonitoredCard.Rest;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.properties.monitoring.Bench.Asked;
import dev.ringside.properties.monitoring.Bench.Left;
import dev.ringside.properties.monitoring.Bench.Sent;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must hold of every run, each law as the list of what violates it. */
final class MonitoringLaws {

  private MonitoringLaws() {}

  /** 1: the ring of the monitor gets what matches, that of the host the rest. */
  static List<String> ringsGetWhatIsTheirs(Bench run) {
    List<String> violations = new ArrayList<>();
    Map<Integer, Stage> rings = ringsOf(run);
    for (Sent sent : run.sent) {
      boolean watched = sent.watched() && sent.ruleInForce();
      boolean took = rings.get(sent.number()) == Stage.RECEIVE_RING;
      if (took != watched) {
        violations.add(sent.number() + (took ? " went" : " did not go") + " to the monitor's ring");
      }
    }
    return violations;
  }

  /** By number: RECEIVE_RING for what the monitor's ring was asked to take. */
  private static Map<Integer, Stage> ringsOf(Bench run) {
    Map<Integer, Stage> rings = new LinkedHashMap<>();
    for (Hop hop : hops(run)) {
      if (hop.stage() == Stage.RECEIVE_RING && number(hop.packet()) > 0) {
        rings.put(number(hop.packet()), Stage.RECEIVE_RING);
      }
    }
    return rings;
  }

  /** 2: straight from the card, with one copy. */
  static List<String> capturedStraight(Bench run) {
    List<String> violations = new ArrayList<>();
    Map<Integer, List<Stage>> ways = new LinkedHashMap<>();
    for (Hop hop : hops(run)) {
      if (hop.fate() != Hop.Fate.CLONED) {
        List<Stage> way = ways.computeIfAbsent((int) hop.packet().id(), id -> new ArrayList<>());
        if (hop.stage().compareTo(Stage.PNIC) >= 0 && !way.contains(hop.stage())) {
          way.add(hop.stage());
        }
      }
    }
    for (Map.Entry<Integer, List<Stage>> way : ways.entrySet()) {
      List<Stage> stages = way.getValue();
      if (stages.contains(Stage.USER_MEMORY)
          && !stages.equals(List.of(Stage.PNIC, Stage.RECEIVE_RING, Stage.USER_MEMORY))) {
        violations.add("#" + way.getKey() + " went " + stages);
      }
    }
    if (run.monitor.memory().copies() != run.monitor.capturedInAll()) {
      violations.add(run.monitor.memory().copies() + " copies");
    }
    return violations;
  }

  /** 3: a batch is as long as was asked for, as there were packets, as there were slots. */
  static List<String> batchesAreAsLongAsTheyCan(Bench run) {
    List<String> violations = new ArrayList<>();
    for (Asked asked : run.asked) {
      if (asked.got() != Math.min(asked.most(), Math.min(asked.available(), asked.free()))) {
        violations.add(asked.toString());
      }
    }
    return violations;
  }

  /** 4: in memory and on the second wire packets are in the order in which they came. */
  static List<String> orderIsKept(Bench run) {
    List<String> violations = new ArrayList<>();
    checkRising("memory", run.captured, violations);
    checkRising("second wire", bridgedNumbers(run), violations);
    return violations;
  }

  private static void checkRising(String where, List<Integer> numbers, List<String> violations) {
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) <= numbers.get(i - 1)) {
        violations.add(where + ": " + numbers.get(i) + " behind " + numbers.get(i - 1));
      }
    }
  }

  /** 5: what is not watched leaves as it came, less what was dropped and counted. */
  static List<String> theRestIsBridged(Bench run) {
    List<String> violations = new ArrayList<>();
    Map<Integer, Hop> drops = new LinkedHashMap<>();
    for (Hop hop : hops(run)) {
      if (hop.fate() == Hop.Fate.DROPPED && hop.stage() != Stage.WIRE) {
        drops.put(number(hop.packet()), hop);
      }
    }
    for (Sent sent : run.sent) {
      if (sent.watched() && sent.ruleInForce()) {
        continue;
      }
      int times = 0;
      for (Left left : run.left) {
        times += left.packet().hasSameBytes(sent.packet()) ? 1 : 0;
      }
      if (times != (drops.containsKey(sent.number()) ? 0 : 1)) {
        violations.add(sent.number() + " left " + times + " times");
      }
    }
    return violations;
  }

  /** 6: what is watched leaves once if the application lets it, else never. */
  static List<String> watchedLeavesOnlyIfPassed(Bench run) {
    List<String> violations = new ArrayList<>();
    for (Sent sent : run.sent) {
      if (!sent.watched() || !sent.ruleInForce()) {
        continue;
      }
      int times = 0;
      for (Left left : run.left) {
        times += number(left.packet()) == sent.number() ? 1 : 0;
      }
      int most = run.passed.contains(sent.number()) ? 1 : 0;
      if (times > most || (times < most && !mayBeLost(run))) {
        violations.add(sent.number() + " left " + times + " times, expected " + most);
      }
    }
    return violations;
  }

  /** While the second card is down, or its ring full, what was passed may have been lost. */
  private static boolean mayBeLost(Bench run) {
    return run.bridge.forward().account().dropped() > 0
        || run.lab.host().pnic("p1").account().dropped() > 0;
  }

  /** 7: when and in which order the rest leaves does not depend on what is watched. */
  static List<String> restIsAsWithoutLoad(Bench loaded, Bench quiet) {
    List<String> with = times(loaded);
    List<String> without = times(quiet);
    return with.equals(without) ? List.of() : List.of(with + " instead of " + without);
  }

  private static List<String> times(Bench run) {
    List<String> times = new ArrayList<>();
    for (Left left : run.left) {
      if (left.packet().is(IpProtocol.UDP)) {
        times.add(number(left.packet()) + " at " + left.nanos());
      }
    }
    return times;
  }

  /** 8: slots are used or free, and nobody writes into one that is used. */
  static List<String> slotsAreSafe(Bench run) {
    List<String> violations = new ArrayList<>(run.miscounted);
    violations.addAll(run.overwritten);
    return violations;
  }

  /** 9: what the card has received is in one of the two rings, unless it was malformed. */
  static List<String> everyPacketIsInOneRing(Bench run) {
    Rest rest = run.monitor.rest().get(0);
    long watched = run.monitor.ring("p0").offered();
    long received = run.lab.host().pnic("p0").counters().receivedPackets();
    long malformed = run.lab.host().pnic("p0").account().dropped(DropReason.MALFORMED);
    return watched + rest.offered() == received - malformed
        ? List.of()
        : List.of(watched + " + " + rest.offered() + " of " + received + " less " + malformed);
  }

  /** 10: without the rule everything goes through. */
  static List<String> bridgesAllWithoutRule(Bench run) {
    List<String> violations = new ArrayList<>();
    for (Sent sent : run.sent) {
      if (!sent.ruleInForce() && ringsOf(run).containsKey(sent.number())) {
        violations.add(sent.number() + " was watched after the rule was removed");
      }
    }
    return violations;
  }

  /** 11: the application sees nothing that it did not ask for. */
  static List<String> applicationSeesWatchedOnly(Bench run) {
    List<String> violations = new ArrayList<>();
    for (int number : run.captured) {
      if (!run.sent(number).watched()) {
        violations.add(number + " was captured");
      }
    }
    return violations;
  }

  // ---- reading a run ----

  private static List<Integer> bridgedNumbers(Bench run) {
    List<Integer> numbers = new ArrayList<>();
    for (Left left : run.left) {
      int number = number(left.packet());
      if (number > 0 && !run.passed.contains(number)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static int number(Packet packet) {
    return packet.hasPorts() ? packet.sourcePort() : -1;
  }

  private static List<Hop> hops(Bench run) {
    List<Hop> hops = new ArrayList<>();
    for (JournalEntry entry : run.lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null) {
        hops.add(hop);
      }
    }
    return hops;
  }
}
