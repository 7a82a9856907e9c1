// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.host.Host;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.PartsSource;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter or field that gets a lab or a device.
 *
 * @param type the type of it
 * @param declared what its annotations say
 * @param alone whether there is no other of its type without a name beside it
 * @param element the parameter or field
 */
record InjectionPoint(Class<?> type, Declared declared, boolean alone, AnnotatedElement element) {

  private static final String[] NO_NAMES = {};

  /** What messages call it: {@code parameter 'nic' of FailoverTest.fails}. */
  String place() {
    return element instanceof Parameter parameter
        ? Parameters.place(parameter)
        : InjectedField.place((Field) element);
  }

  /** Whether it asks for a lab by the name of the field that holds it. */
  boolean asksForNamedLab() {
    return type == Lab.class && !declared.device().isEmpty();
  }

  /** The device of this lab that it gets. */
  Object choose(RunningLab lab) {
    if (type == Lab.class) {
      lab.forgive(leniences());
      return lab.lab(); // without a look at the table, which takes a while to come into being
    }
    if (PartsSource.class.isAssignableFrom(type)) {
      return partsSource(lab.lab());
    }
    DeviceType entry = DeviceType.of(type);
    if (entry == null) {
      throw new IllegalArgumentException(
          place()
              + ": no lab has a "
              + type.getSimpleName()
              + "; ask for one of "
              + DeviceType.names());
    }
    DeviceType.Found found = entry.list(lab.lab());
    String name = name();
    Object device = name.isEmpty() ? theOnly(found, lab) : named(found, name);
    for (Lenience lenience : leniences()) {
      String[] devices = lenience.devices().toArray(NO_NAMES);
      lab.forgive(List.of(lenience.at(devices.length == 0 ? nameOf(device, found) : devices)));
    }
    return device;
  }

  /** What stands at the parameter of one test must be needed by it. */
  private List<Lenience> leniences() {
    if (declared.leniences().isEmpty()) {
      return List.of(); // a search for annotations takes as long as a lab does
    }
    boolean ofOneTest =
        element instanceof Parameter parameter
            && !ClassLevel.isOfSeveralTests(parameter.getDeclaringExecutable());
    return ofOneTest ? declared.leniences() : declared.sharedLeniences();
  }

  /** What messages call it; a virtual machine and what is in it without its host, as it moves. */
  private static String[] nameOf(Object device, DeviceType.Found found) {
    String name = found.names.get(found.devices.indexOf(device));
    boolean isInMachine =
        device instanceof VirtualMachine || device instanceof VirtualLinkAggregator;
    return new String[] {isInMachine ? name.substring(name.lastIndexOf('/') + 1) : name};
  }

  private Object partsSource(Lab lab) {
    PartsSource source = lab.world().partsSource();
    if (source == null || !type.isInstance(source)) {
      throw new IllegalArgumentException(
          place()
              + ": the lab was opened without "
              + type.getSimpleName()
              + "; say @LabParts("
              + type.getSimpleName()
              + ".class) on the test or its class");
    }
    return source;
  }

  private String name() {
    String name = declared.device();
    return name.isEmpty() && type == Host.class && !declared.hosts().isEmpty()
        ? declared.hosts().get(0).name()
        : name;
  }

  private Object theOnly(DeviceType.Found found, RunningLab lab) {
    if (found.names.isEmpty()) {
      throw new IllegalArgumentException(
          place()
              + ": the lab has no "
              + type.getSimpleName()
              + "; describe a host that has one with @HostSpec or @LabTopology");
    }
    if (found.names.size() > 1 && !(alone && lab.isDefault())) {
      throw new IllegalArgumentException(
          place()
              + ": the lab has several of type "
              + type.getSimpleName()
              + ", "
              + found.names
              + "; say which: @Device(\""
              + found.names.get(0)
              + "\")");
    }
    return found.devices.get(0);
  }

  private Object named(DeviceType.Found found, String name) {
    Object device = exactly(found, name);
    if (device != null) {
      return device;
    }
    List<String> matching = new ArrayList<>();
    for (int i = 0; i < found.names.size(); i++) {
      if (found.names.get(i).endsWith('/' + name)) {
        matching.add(found.names.get(i));
        device = found.devices.get(i);
      }
    }
    if (device == null || matching.size() > 1) {
      throw new IllegalArgumentException(
          place()
              + (device == null
                  ? ": no " + type.getSimpleName() + " named '" + name + "' in the lab; it has "
                  : ": several of type " + type.getSimpleName() + " are named '" + name + "': ")
              + (device == null ? found.names : matching + "; say which, host and name"));
    }
    return device;
  }

  private static @Nullable Object exactly(DeviceType.Found found, String name) {
    int index = found.names.indexOf(name);
    return index < 0 ? null : found.devices.get(index);
  }
}
