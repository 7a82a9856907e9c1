// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.Lab;

/**
 * One line of a script: somebody does something. A step that makes no sense when its turn comes,
 * such as to remove a virtual machine that is not there, does nothing.
 *
 * <pre>{@code
 * new Step(1, Action.FAIL, "p0", "", 0).run(lab);
 * new Step(2, Action.SEND, "vm1", "station", 64).run(lab);
 * }</pre>
 *
 * @param number its place in the script, from 1; packets that it sends carry it
 * @param action what is done
 * @param subject who does it, or what it is done to: a NIC, a virtual machine, the station
 * @param object who else is concerned: the receiver of a packet; empty for nobody
 * @param amount bytes, nanoseconds, bits a second or one in how many, as the action says
 */
public record Step(int number, Action action, String subject, String object, long amount) {

  /** Does it. */
  public void run(Lab lab) {
    action.run(lab, this);
  }

  /** The same step in another place. */
  public Step at(int newNumber) {
    return new Step(newNumber, action, subject, object, amount);
  }

  /** The line: {@code fail p0}, {@code send 64 bytes from vm1 to station}. */
  @Override
  public String toString() {
    return action.describe(this);
  }
}
