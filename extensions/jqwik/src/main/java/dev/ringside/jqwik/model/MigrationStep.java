// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.migration.MigrationConfig;
import java.time.Duration;

/**
 * Something that happens to blades and their virtual machines, which are numbered from 0.
 *
 * <pre>{@code
 * new MigrationStep(MigrationStep.What.MOVE, 0, 1, MigrationConfig.DEFAULT); // vm1 to b2
 * }</pre>
 *
 * @param what it is
 * @param subject number of the virtual machine, blade or subnet; milliseconds that pass
 * @param object number of the blade, or of the virtual machine that is sent to
 * @param config how the virtual machine is moved
 */
public record MigrationStep(What what, int subject, int object, MigrationConfig config) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * MigrationStep.What.CANCEL
   * }</pre>
   */
  public enum What {
    /** A virtual machine is moved to a blade. */
    MOVE,
    /** Time passes. */
    WAIT,
    /** A migration is called off. */
    CANCEL,
    /** A blade fails. */
    FAIL,
    /** A blade is repaired. */
    REPAIR,
    /** A virtual machine sends to another one. */
    SEND,
    /** A virtual machine ends. */
    END,
    /** Somebody else takes all free addresses of a subnet. */
    TAKE_ADDRESSES,
    /** They are given back. */
    GIVE_ADDRESSES
  }

  @Override
  public String toString() {
    String vm = ChassisTopology.vm(subject);
    String blade = ChassisTopology.blade(subject);
    return switch (what) {
      case MOVE -> "move " + vm + " to " + ChassisTopology.blade(object) + how();
      case WAIT -> "wait " + subject + " ms";
      case CANCEL -> "cancel " + vm;
      case FAIL -> "fail " + blade;
      case REPAIR -> "repair " + blade;
      case SEND -> "send " + vm + " to " + ChassisTopology.vm(object);
      case END -> "end " + vm;
      case TAKE_ADDRESSES -> "take addresses of " + ChassisTopology.subnet(subject);
      case GIVE_ADDRESSES -> "give addresses of " + ChassisTopology.subnet(subject);
    };
  }

  private String how() {
    StringBuilder text = new StringBuilder();
    append(text, "copy", config.copyTime());
    if (config.routerAfterMove()) {
      append(text, "router after", config.routerDelay());
      text.append(config.keepsWithoutRouter() ? ", keeps" : "");
    }
    boolean isDefault = config.addresses() == MigrationConfig.DEFAULT.addresses();
    text.append(isDefault ? "" : ", " + config.addresses());
    text.append(config.buffer() < MigrationConfig.MAX_BUFFER ? ", buffer " + config.buffer() : "");
    return text.toString();
  }

  private static void append(StringBuilder text, String what, Duration time) {
    if (!time.isZero() || what.length() > 4) {
      text.append(", ").append(what).append(' ').append(time.toMillis()).append(" ms");
    }
  }
}
