// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;

/** What one class of a hierarchy says about labs, itself and by its members. */
final class ClassLevel {

  private static final String CHASSIS = "dev.ringside.chassis";

  private final Class<?> type;
  private final Declared declared;
  private final List<InjectedField> fields = new ArrayList<>(0);

  /** Hosts on what belongs to each test. */
  private final List<HostSpec> testHosts = new ArrayList<>(0);

  /** Hosts on what belongs to the class. */
  private final List<HostSpec> classHosts = new ArrayList<>(0);

  /** Reads a class; the constructor counts only of the class that is made an instance of. */
  ClassLevel(Class<?> type, boolean lowest) {
    this.type = type;
    this.declared = Declared.on(type);
    for (Field field : type.getDeclaredFields()) {
      read(field);
    }
    for (Method method : type.getDeclaredMethods()) {
      read(method);
    }
    if (lowest) {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        List<HostSpec> hosts = hostsOn(constructor);
        testHosts.addAll(hosts);
        classHosts.addAll(hosts);
      }
    }
  }

  private void read(Field field) {
    Annotation[] annotations = field.getDeclaredAnnotations();
    if (annotations.length > 0) {
      Declared said = Declared.of(annotations);
      if (said.isInjected()) {
        InjectedField injected = InjectedField.of(field, said, isAlone(field));
        fields.add(injected);
        (injected.isOfTheClass() ? classHosts : testHosts)
            .addAll(orByDefault(said.hosts(), field.getType()));
      }
    }
  }

  private boolean isAlone(Field field) {
    for (Field other : type.getDeclaredFields()) {
      if (other.getType() == field.getType() && !other.equals(field)) {
        Declared said = Declared.on(other);
        if (said.isInjected() && said.device().isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Test methods are read when they run. */
  private void read(Method method) {
    List<HostSpec> hosts = hostsOn(method);
    if (!hosts.isEmpty()) {
      if (isAnnotated(method, BeforeEach.class) || isAnnotated(method, AfterEach.class)) {
        testHosts.addAll(hosts);
      } else if (isAnnotated(method, BeforeAll.class) || isAnnotated(method, AfterAll.class)) {
        classHosts.addAll(hosts);
      }
    }
  }

  /** Whether it is no test itself, but a constructor or a method that runs around tests. */
  static boolean isOfSeveralTests(Executable executable) {
    return !(executable instanceof Method method)
        || isAnnotated(method, BeforeEach.class)
        || isAnnotated(method, AfterEach.class)
        || isAnnotated(method, BeforeAll.class)
        || isAnnotated(method, AfterAll.class);
  }

  private static boolean isAnnotated(Method method, Class<? extends Annotation> annotation) {
    return AnnotationSupport.isAnnotated(method, annotation);
  }

  /** The hosts on the parameters. */
  static List<HostSpec> hostsOn(Executable executable) {
    if (executable.getParameterCount() == 0) {
      return List.of();
    }
    List<HostSpec> hosts = new ArrayList<>(0);
    Annotation[][] annotations = executable.getParameterAnnotations();
    Class<?>[] types = executable.getParameterTypes();
    for (int i = 0; i < annotations.length; i++) {
      List<HostSpec> said = Declared.of(annotations[i]).hosts();
      hosts.addAll(orByDefault(said, types[types.length - annotations.length + i]));
    }
    return hosts;
  }

  /** What is said of a parameter or field, or what it needs if nothing is said. */
  private static List<HostSpec> orByDefault(List<HostSpec> said, Class<?> type) {
    return said.isEmpty() && isOfChassis(type) ? Blades.byDefault() : said;
  }

  /** Whether a type is of the package whose devices {@link Blades} knows. */
  static boolean isOfChassis(Class<?> type) {
    return type.getPackageName().equals(CHASSIS);
  }

  Class<?> type() {
    return type;
  }

  Declared declared() {
    return declared;
  }

  List<InjectedField> fields() {
    return fields;
  }

  /** Adds what it says to what was said further out. */
  void addTo(LabSpec spec, boolean classLab) {
    String place = type.getSimpleName();
    spec.describe(declared, place);
    spec.add(classLab ? classHosts : testHosts, place);
  }

  /** Whether it says something that only each test's own lab can follow. */
  boolean describesTestLab() {
    if (declared.describesLab() || !testHosts.isEmpty()) {
      return true;
    }
    for (InjectedField field : fields) {
      if (!field.isOfTheClass()) {
        return true;
      }
    }
    return false;
  }

  /** Whether its members want a lab that all tests share. */
  boolean describesClassLab() {
    if (!classHosts.isEmpty()) {
      return true;
    }
    for (InjectedField field : fields) {
      if (field.isOfTheClass()) {
        return true;
      }
    }
    return false;
  }
}
