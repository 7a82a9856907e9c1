// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.agent;

import java.time.Clock;
import java.time.Instant;

/** Code under test, as a user might have it. */
public final class Poller {

  /** As it should not be. */
  // tag::poller[]
  public Instant nextPoll() {
    return Instant.now().plusSeconds(5);
  }

  // end::poller[]

  /** As it should be. */
  // tag::fixed[]
  public Instant nextPoll(Clock clock) {
    return Instant.now(clock).plusSeconds(5);
  }
  // end::fixed[]
}
