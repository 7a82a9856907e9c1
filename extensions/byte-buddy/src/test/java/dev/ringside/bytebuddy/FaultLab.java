// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.JournalEntry;
import java.util.List;
import java.util.function.Consumer;

/** A lab with faults, whose laws hold when it is closed. */
final class FaultLab implements AutoCloseable {

  final Faults faults = new Faults();
  final Lab lab;
  final LabSession session;
  private boolean lawOnly;

  private FaultLab(LabBuilder builder) {
    this.lab = builder.parts(faults).open();
    this.session = LabSession.of(lab);
  }

  static FaultLab open() {
    return new FaultLab(Lab.builder());
  }

  static FaultLab open(Consumer<LabBuilder> topology) {
    LabBuilder builder = Lab.builder();
    topology.accept(builder);
    return new FaultLab(builder);
  }

  /** Checks nothing but the law of conservation. */
  FaultLab lawOnly() {
    lawOnly = true;
    return this;
  }

  /** What the journal tells of faults. */
  List<String> fired() {
    return lab.journal().entries().stream()
        .filter(entry -> entry.event() != null && entry.event().kind() == EventKind.FAULT_FIRED)
        .map(JournalEntry::toString)
        .toList();
  }

  @Override
  public void close() {
    if (lawOnly) {
      assertThat(session.violations()).isEmpty();
    } else {
      session.check();
    }
    session.close();
  }
}
