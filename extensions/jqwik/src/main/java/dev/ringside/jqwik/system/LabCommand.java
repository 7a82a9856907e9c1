// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What can happen to a whole lab. A command that makes no sense when its turn comes does nothing.
 *
 * <pre>{@code
 * Set<LabCommand> calm = EnumSet.complementOf(EnumSet.of(LabCommand.FAIL, LabCommand.REPAIR));
 * LabActions.chains(() -> new LabRun(Lab.of(mine)), calm);
 * }</pre>
 */
public enum LabCommand {
  /** Somebody sends up to four numbered datagrams to somebody else. */
  SEND(12, Traffic::send),
  /** A NIC of a host, the NIC that blades share, or an interconnect fails. */
  FAIL(2, Devices::fail),
  /** One of them is repaired. */
  REPAIR(2, Devices::repair),
  /** A virtual machine starts on a host, if there are fewer than {@link LabPlan#MAX_VMS}. */
  ADD_VM(1, Devices::addVm),
  /** A virtual machine ends. */
  REMOVE_VM(1, Devices::removeVm),
  /** A virtual machine moves to another host. */
  MIGRATE(3, Devices::migrate),
  /** A virtual machine has so much memory for packets from now on. */
  SET_LIMIT(2, Memory::setLimit),
  /** A virtual machine is done with some of the oldest packets that it has. */
  CONSUME(4, Memory::consume),
  /** What is for a virtual machine is contained, monitored or steered on its host. */
  ADD_RULE(1, Rules::add),
  /** One of these rules is withdrawn. */
  REMOVE_RULE(1, Rules::remove),
  /** A host gets another NIC, if it has fewer than {@link LabPlan#MAX_PNICS}. */
  ADD_PNIC(1, Devices::addPnic),
  /** Time passes. */
  TICK(2, Devices::tick);

  private static final Set<LabCommand> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(LabCommand.class));

  private final int weight;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
  private final BiConsumer<LabRun, LabStep> effect;

  LabCommand(int weight, BiConsumer<LabRun, LabStep> effect) {
    this.weight = weight;
    this.effect = effect;
  }

  /** Each of them. */
  public static Set<LabCommand> all() {
    return ALL;
  }

  /** How often it comes, compared with the others. */
  int weight() {
    return weight;
  }

  void run(LabRun run, LabStep step) {
    effect.accept(run, step);
  }
}
