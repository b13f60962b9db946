package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A list that is written without brackets when it has one value. */
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonFormat(
    with = {
      JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
      JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
    })
@interface OneOrMore {}
