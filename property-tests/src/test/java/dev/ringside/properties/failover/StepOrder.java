// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

import dev.ringside.trace.Event;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order that binds the steps of a failover, as a little automaton. */
final class StepOrder {

  private @Nullable String chosen;
  private @Nullable String active;
  private boolean noStandby;

  /** Whether this may happen now; afterwards it has happened. */
  boolean allows(Event event, Map<String, String> mapped) {
    String subject = event.subjects().isEmpty() ? "" : event.subjects().get(0);
    switch (event.kind()) {
      case STANDBY_CHOSEN -> {
        chosen = subject;
        return mapped.isEmpty();
      }
      case NO_STANDBY -> {
        chosen = null;
        noStandby = true;
        return mapped.isEmpty();
      }
      case PNIC_DEACTIVATED -> {
        boolean settled = chosen != null || noStandby || active == null;
        boolean fine = mapped.isEmpty() && settled;
        active = subject.equals(active) ? null : active;
        return fine;
      }
      case PNIC_ACTIVATED -> {
        boolean first = chosen == null && active == null;
        boolean fine = active == null && mapped.isEmpty() && (first || subject.equals(chosen));
        active = subject;
        chosen = null;
        noStandby = false;
        return fine;
      }
      case FUNCTION_MAPPED -> {
        return event.subjects().get(1).equals(active);
      }
      default -> {
        return true;
      }
    }
  }

  @Override
  public String toString() {
    return "active " + active + ", chosen " + chosen;
  }
}
