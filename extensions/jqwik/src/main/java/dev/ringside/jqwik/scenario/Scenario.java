// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A lab and what happens in it. As a parameter of a property next to a {@link Lab}, it says what
 * the lab of each try shall be.
 *
 * <pre>{@code
 * @Property
 * void no_packet_is_forgotten(@ForAll Scenario scenario, Lab lab) {
 *   scenario.run(lab);
 * }
 * }</pre>
 *
 * @param topology what the lab consists of
 * @param steps what happens, in order
 */
public record Scenario(LabTopology topology, List<Step> steps) implements Topology {

  /** Numbers the steps by their places. */
  public Scenario {
    List<Step> numbered = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      numbered.add(steps.get(i).at(i + 1));
    }
    steps = List.copyOf(numbered);
  }

  @Override
  public void build(LabBuilder lab) {
    topology.build(lab);
  }

  /** Lets it happen. */
  public void run(Lab lab) {
    run(lab, step -> {});
  }

  /** Lets it happen, and looks at the lab after each step. */
  public void run(Lab lab, Consumer<Step> afterEachStep) {
    for (Step step : steps) {
      step.run(lab);
      afterEachStep.accept(step);
    }
  }

  /** Wakes all guests and lets enough time pass for all that is under way to arrive. */
  public static void settle(Lab lab) {
    for (VirtualMachine vm : lab.host().vms()) {
      vm.resume();
    }
    lab.advance(Duration.ofSeconds(10));
  }

  /** The topology in a line, then a line for each step. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(topology.toString());
    for (Step step : steps) {
      text.append('\n').append(step.number()).append(". ").append(step);
    }
    return text.toString();
  }
}
