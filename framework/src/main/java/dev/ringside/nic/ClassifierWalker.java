// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.Destination;
import dev.ringside.flow.Destination.End;
import dev.ringside.flow.FlowDecision.Outcome;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.FlowWalk;
import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the classes of rules as the classifier does, and writes down what they say. */
final class ClassifierWalker {

  private final PhysicalNic nic;
  private final AddressRules addresses;
  private final Packet packet;
  private final List<FlowWalk> tables = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(256);

  ClassifierWalker(PhysicalNic nic, AddressRules addresses, Packet packet) {
    this.nic = nic;
    this.addresses = addresses;
    this.packet = packet;
  }

  ClassifierWalk walk(@Nullable FlowTable steering, @Nullable FlowTable monitoring) {
    text.append(packet).append('\n');
    boolean decided =
        decides(
                "1 steering",
                HardwareClassifier.isSteerable(packet) ? steering : null,
                nic.group(0))
            || decides("2 monitoring", monitoring, nic.group(0));
    if (!decided) {
      walkAddresses();
    }
    text.append("ends in ");
    for (int i = 0; i < ends.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(ends.get(i));
    }
    return new ClassifierWalk(packet, tables, ends, text.append('\n').toString());
  }

  private void walkAddresses() {
    RingGroup owner = addresses.ownerOf(packet, null);
    if (owner != null) {
      walk(owner);
      return;
    }
    List<RingGroup> takers = addresses.takersOf(packet);
    if (takers.isEmpty()) {
      line("3 addresses", addresses.refusal(packet).toString());
      ends.add("drop as " + addresses.reasonOf(packet));
    }
    for (RingGroup taker : takers) {
      walk(taker);
    }
  }

  private void walk(RingGroup owner) {
    line("3 addresses", owner.owner());
    if (!decides("4 flows", owner.flowsIfAny(), owner)) {
      String ring = "ring " + owner.find(owner.ringOf(packet), owner.owner()).name();
      boolean fixed = owner.defaultRing() >= 0;
      line("5 default", ring + (fixed ? "" : ", by receive-side scaling"));
      ends.add(ring);
    }
  }

  private boolean decides(String rules, @Nullable FlowTable table, RingGroup group) {
    if (table == null) {
      line(rules, "no table");
      return false;
    }
    FlowWalk walk = table.explain(packet);
    tables.add(walk);
    String lines = walk.toString();
    line(rules, lines.substring(lines.indexOf("flow table"), lines.length() - 1));
    for (FlowWalk.Step step : walk.steps()) {
      boolean copies = step.matches() && walk.outcome() != Outcome.FAILED;
      if (copies && step.entry().destination() instanceof Destination.Mirrored mirrored) {
        ends.add(name(mirrored.ring(), group) + " (copy)");
      }
    }
    End end = walk.end();
    if (end != null) {
      ends.add(name(end, group));
    } else if (walk.outcome() != Outcome.MISSED) {
      ends.add("drop as MALFORMED");
    }
    return walk.outcome() != Outcome.MISSED;
  }

  private static String name(End end, RingGroup group) {
    return end instanceof Destination.ToRing ring
        ? "ring " + group.find(ring.number(), group.owner()).name()
        : end.toString();
  }

  private void line(String rules, String what) {
    text.append(rules).append(": ").append(what).append('\n');
  }
}
