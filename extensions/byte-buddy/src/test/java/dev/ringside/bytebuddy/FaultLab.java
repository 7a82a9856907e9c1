// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.lifecycle.LabCheck;
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

  /** Checks all but these, besides the law. */
  FaultLab lenient(LabCheck... checks) {
    session.lenient(checks);
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
    session.check();
    session.close();
  }
}
