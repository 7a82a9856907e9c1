// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.determinism;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A long run full of chance: a script by one seed, faults on the wires by another, and what the
 * journal says of it. It is a program too, so that other Java machines can run it.
 */
public final class RandomRun {

  private static final int STEPS = 1_500;
  private static final int JOURNAL = 1 << 20;
  private static final String[] ENDPOINTS = {"station", "vm1", "vm2", "vm3", "vm4"};
  private static final Action[] ACTIONS = Action.values();

  private RandomRun() {}

  /** Writes the journal of a run into a file: {@code RandomRun 24301 journal.txt}. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[1]), journal(Long.parseLong(arguments[0])));
  }

  /** The journal of the run; the seed decides only what goes wrong on the wires. */
  static String journal(long seed) {
    LabTopology topology =
        LabTopology.of(
                3,
                2,
                VmSpec.named("vm1"),
                VmSpec.named("vm2"),
                VmSpec.named("vm3").vlan(100),
                VmSpec.named("vm4").switched())
            .withSeed(seed);
    try (Lab lab = Lab.builder().topology(topology).journalCapacity(JOURNAL).open()) {
      for (Step step : script()) {
        step.run(lab);
      }
      lab.advance(Duration.ofSeconds(100));
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError(lab.ledger().violations().toString());
      }
      return lab.journal().toText();
    }
  }

  /** The same for every seed, with losses, damage, copies and delays from the start. */
  private static List<Step> script() {
    SeededRandom random = Seed.DEFAULT.stream("script");
    List<Step> steps = new ArrayList<>();
    for (String nic : List.of("p0", "p1", "p2")) {
      for (Action fault : Action.wireFaults()) {
        steps.add(new Step(steps.size(), fault, nic, "", 5));
      }
    }
    while (steps.size() < STEPS) {
      Action action = ACTIONS[random.nextInt(ACTIONS.length)];
      if (!Action.wireFaults().contains(action)) {
        steps.add(step(steps.size(), action, random));
      }
    }
    return steps;
  }

  private static Step step(int number, Action action, SeededRandom random) {
    String nic = "p" + random.nextInt(3);
    String vm = ENDPOINTS[1 + random.nextInt(ENDPOINTS.length - 1)];
    String other = ENDPOINTS[random.nextInt(ENDPOINTS.length)];
    long amount = 64 + random.nextInt(3_000);
    boolean ofGuest = Action.guests().contains(action) || Action.traffic().contains(action);
    long chosen =
        action == Action.ADD_VM ? 0 : action == Action.BANDWIDTH ? 1_000_000 * amount : amount;
    return new Step(
        number, action, ofGuest ? vm : nic, other.equals(vm) ? "station" : other, chosen);
  }
}
