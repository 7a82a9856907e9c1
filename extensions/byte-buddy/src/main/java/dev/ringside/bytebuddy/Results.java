// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.lang.invoke.MethodType;

/** What operations return. */
final class Results {

  private Results() {}

  /** The class of values of a type, for a primitive one that which wraps it. */
  static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}
