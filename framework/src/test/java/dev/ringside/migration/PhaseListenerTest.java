// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.vm.VirtualMachine;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Phases are told before they are taken: what goes wrong then has not been done yet. */
class PhaseListenerTest {

  private static Lab twoHosts() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").virtualFunctions(2).vms("web");
    builder.host("h2").virtualFunctions(2).vms("db");
    return builder.open();
  }

  private static void when(MigrationPhase when, Lab lab, Consumer<Migration> then) {
    lab.migrations()
        .onPhase(
            (migration, phase) -> {
              if (phase == when) {
                then.accept(migration);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(value = MigrationPhase.class, mode = Mode.EXCLUDE, names = "ROUTER")
  void a_target_that_fails_then_takes_it_from_the_switch_on_only(MigrationPhase phase) {
    try (Lab lab = twoHosts()) {
      VirtualMachine web = lab.vm("web");
      when(phase, lab, migration -> migration.target().fail());

      Migration migration = lab.migrate(web).to(lab.host("h2"));

      boolean undone = phase.compareTo(MigrationPhase.SWITCH) <= 0;
      assertThat(web.hostName()).isEqualTo(undone ? "h1" : "h2");
      assertThat(migration.state())
          .isEqualTo(undone ? MigrationState.ROLLED_BACK : MigrationState.COMPLETED);
      assertThat(migration.reason()).isEqualTo(undone ? "host h2 has failed" : "");
      lab.host("h2").repair();
      assertThat(web.isPaused()).isFalse();
    }
  }

  @Test
  void it_can_be_cancelled_up_to_the_switch() {
    try (Lab lab = twoHosts()) {
      VirtualMachine web = lab.vm("web");
      when(MigrationPhase.SWITCH, lab, Migration::cancel);

      Migration migration = lab.migrate(web).to(lab.host("h2"));

      assertThat(migration.isCommitted()).isFalse();
      assertThat(migration.reason()).isEqualTo("cancelled");
      assertThat(web.hostName()).isEqualTo("h1");
      assertThat(web.isPaused()).isFalse();
    }
  }

  @Test
  void one_that_ends_before_the_switch_ends_the_migration() {
    try (Lab lab = twoHosts()) {
      when(MigrationPhase.SWITCH, lab, migration -> lab.host("h1").removeVm("web"));

      Migration migration = lab.migrate(lab.vm("web")).to(lab.host("h2"));

      assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
      assertThat(migration.reason()).isEqualTo("VM 'web' has ended");
      assertThat(lab.host("h2").hasVm("web")).isFalse();
    }
  }

  @Test
  void one_that_ends_after_the_switch_goes_no_further() {
    LabBuilder builder = TwoSubnets.builder();
    try (Lab lab = builder.open()) {
      when(MigrationPhase.RESUME, lab, migration -> lab.blade("b2").removeVm("web"));

      Migration migration =
          lab.migrate(lab.vm("web")).routerAfterMove(TwoSubnets.MILLI).to(lab.blade("b2"));
      lab.advance(TwoSubnets.MILLI);

      assertThat(migration)
          .hasToString("migration of web from b1 to b2 (DEGRADED at RESUME: VM 'web' has ended)");
      assertThat(migration.isCommitted()).isTrue();
      assertThat(lab.migrations().virtualRouters()).isEmpty();
    }
  }
}
