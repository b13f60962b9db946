package dev.spillway.router.gateway;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.wire.ErrorEnvelope;

/** What a request turns out to be. */
sealed interface Inbound {

  /** A call for one of the pools. */
  record Call(CallPlan plan) implements Inbound {}

  /** Something that the router knows better than any backend. */
  record Own(String json) implements Inbound {}

  /**
   * Something the router answers by itself, without asking a backend.
   *
   * @param json the body, with the white space that the service uses for it
   */
  record Refusal(int status, String json) implements Inbound {

    static final Refusal WRONG_KEY =
        new Refusal(
            401,
            new ErrorEnvelope(
                    "401",
                    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to"
                        + " provide a valid key for an active subscription and use a correct regional"
                        + " API endpoint for your resource.")
                .toCompactJson());

    static final Refusal NO_SUCH_RESOURCE =
        new Refusal(404, new ErrorEnvelope("404", "Resource not found").toJson());

    static final Refusal NO_SUCH_METHOD =
        new Refusal(405, new ErrorEnvelope("405", "Method not allowed").toJson());

    static final Refusal NO_SUCH_DEPLOYMENT =
        new Refusal(
            404,
            new ErrorEnvelope(
                    "DeploymentNotFound",
                    "The API deployment for this resource does not exist. If you created the deployment"
                        + " within the last 5 minutes, please wait a moment and try again.")
                .toJson());

    static final Refusal NO_MODEL =
        new Refusal(
            400,
            new ErrorEnvelope(
                    "BadRequest",
                    "The body must be a JSON object with a text as its 'model', or a form with a field of that name.")
                .toJson());

    static final Refusal BAD_ADDRESS =
        new Refusal(
            400, new ErrorEnvelope("BadRequest", "The request's address is malformed.").toJson());

    static Refusal notAllowed(String caller, String route) {
      return new Refusal(
          403,
          new ErrorEnvelope("403", "The client '" + caller + "' may not use '" + route + "'.")
              .toJson());
    }

    static final Refusal NO_ROOM =
        new Refusal(
            503,
            new ErrorEnvelope("503", "The router has no room for the request's body.").toJson());

    static Refusal unknownObject(String id) {
      return new Refusal(
          404,
          new ErrorEnvelope(
                  "404",
                  "The router does not know which backend has '"
                      + id
                      + "', and changes nothing by guessing. It learns that from the answer that"
                      + " creates it, or from a GET.")
              .toJson());
    }

    static final Refusal NO_POOL =
        new Refusal(
            404,
            new ErrorEnvelope(
                    "404",
                    "Resource not found. The router has several pools and no route for what names"
                        + " neither a deployment nor a model: {resource: true, pool: ...}.")
                .toJson());

    static Refusal tooLarge(int maxBytes) {
      return new Refusal(
          413,
          new ErrorEnvelope("413", "The request's body is longer than " + maxBytes + " bytes.")
              .toJson());
    }

    static Refusal noApiVersion(String backend) {
      return new Refusal(
          400,
          new ErrorEnvelope(
                  "BadRequest",
                  "Missing api-version: neither the request nor the backend '"
                      + backend
                      + "' names one.")
              .toJson());
    }
  }
}
