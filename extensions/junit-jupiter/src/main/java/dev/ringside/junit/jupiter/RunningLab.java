// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.lifecycle.Lenience;
import java.util.List;

/** A lab that the extension runs. Exactly one owner closes it. */
final class RunningLab implements AutoCloseable {

  private final LabSession session;
  private final String name;
  private final boolean isDefault;
  private boolean closed;

  /**
   * A lab that is open.
   *
   * @param name the name of the field that holds it, empty for one that the extension has opened
   * @param isDefault whether nobody has said what it shall be
   */
  RunningLab(LabSession session, String name, boolean isDefault) {
    this.session = session;
    this.name = name;
    this.isDefault = isDefault;
  }

  Lab lab() {
    return session.lab();
  }

  LabSession session() {
    return session;
  }

  String name() {
    return name;
  }

  boolean isDefault() {
    return isDefault;
  }

  /** Forgives this from now on. */
  void forgive(List<Lenience> leniences) {
    for (Lenience lenience : leniences) {
      session.lenient(lenience);
    }
  }

  /** Closes it. A second time shows that it has two owners, which must not be. */
  @Override
  public void close() {
    if (closed) {
      throw new AssertionError("the extension closes " + lab() + " twice; please report this bug");
    }
    closed = true;
    session.close();
  }
}
