// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual functions of a card. A function is made when it is first enabled and kept for good,
 * with its counters, so that enabling and disabling for ever costs nothing.
 */
final class FunctionTable {

  private final PhysicalNic nic;
  private final TransmitPath transmitPath;
  private VirtualFunction[] made = {};
  private int enabled;

  FunctionTable(PhysicalNic nic, TransmitPath transmitPath) {
    this.nic = nic;
    this.transmitPath = transmitPath;
  }

  /** How many are enabled. */
  int count() {
    return enabled;
  }

  VirtualFunction get(int index) {
    return made[index];
  }

  List<VirtualFunction> enabled() {
    return List.of(Arrays.copyOf(made, enabled));
  }

  /** A function by a number that a test gives. */
  VirtualFunction find(int index) {
    if (index >= 0 && index < enabled) {
      return made[index];
    }
    String none = "no virtual function " + index + " on " + nic.name();
    throw new IllegalArgumentException(
        enabled == 0
            ? none + ": none is enabled; call setVirtualFunctions first"
            : none + "; it has 0 to " + (enabled - 1));
  }

  @Nullable VirtualFunction findFree() {
    for (int i = 0; i < enabled; i++) {
      if (!made[i].isBound()) {
        return made[i];
      }
    }
    return null;
  }

  /** Refuses to change the number while a function is bound. */
  void checkNoneBound(int number) {
    List<String> bound = new ArrayList<>();
    for (int i = 0; i < enabled; i++) {
      if (made[i].isBound()) {
        bound.add(made[i].name() + " to " + made[i].owner());
      }
    }
    if (!bound.isEmpty()) {
      throw new IllegalStateException(
          "cannot change the number of virtual functions of "
              + nic.name()
              + " from "
              + enabled
              + " to "
              + number
              + " while some are bound: "
              + bound
              + "; unbind them first");
    }
  }

  /** Enables the first so many. */
  void enable(int number, NicConfig config) {
    int known = made.length;
    if (number > known) {
      made = Arrays.copyOf(made, number);
      for (int i = known; i < number; i++) {
        made[i] = new VirtualFunction(nic.world(), nic, i, config);
      }
    }
    for (int i = 0; i < number; i++) {
      transmitPath.add(made[i]);
    }
    enabled = number;
  }

  /** Disables all; the sink answers for what is still to be sent. */
  void disable(PacketSink sink) {
    for (int i = 0; i < enabled; i++) {
      transmitPath.remove(made[i], sink);
      made[i].reset();
    }
    enabled = 0;
  }

  boolean isEnabled(VirtualFunction function) {
    return function.index() < enabled;
  }
}
