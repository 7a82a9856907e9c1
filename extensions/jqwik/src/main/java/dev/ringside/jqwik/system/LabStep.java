// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

/**
 * One command with its numbers. What they mean, the command says; too large ones count round.
 *
 * <pre>{@code
 * new LabStep(LabCommand.FAIL, 1, 0, 0) // the second NIC of the lab
 * }</pre>
 *
 * @param command what is done
 * @param subject who does it, or what it is done to
 * @param object who else is concerned
 * @param amount how much, or which kind
 */
public record LabStep(LabCommand command, int subject, int object, int amount) {

  /** Refuses negative numbers. */
  public LabStep {
    if (subject < 0 || object < 0 || amount < 0) {
      throw new IllegalArgumentException(
          "numbers "
              + subject
              + ", "
              + object
              + ", "
              + amount
              + " of "
              + command
              + " must not be negative");
    }
  }

  /** The same with another subject. */
  public LabStep withSubject(int number) {
    return new LabStep(command, number, object, amount);
  }

  /** The same with another object. */
  public LabStep withObject(int number) {
    return new LabStep(command, subject, number, amount);
  }

  /** The same with another amount. */
  public LabStep withAmount(int number) {
    return new LabStep(command, subject, object, number);
  }

  @Override
  public String toString() {
    return command + " " + subject + " " + object + " " + amount;
  }
}
