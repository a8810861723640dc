import type * as contract from '@talkturo/contract';
import type { AnswerOf, BodyInputOf, EndpointShape, QueryInputOf } from '@talkturo/contract';
import type { Listing } from './listing.ts';
import type { RequestOptions } from './transport.ts';

type Contract = typeof contract;

/** The names of all endpoints. */
export type EndpointName = { [N in keyof Contract]: Contract[N] extends EndpointShape ? N : never }[keyof Contract];

type Or<T, Else> = [T] extends [never] ? Else : T;
type Nothing = Record<never, never>;
/** A body that must be empty allows any name with no value: beside it nothing else could be named. */
type Named<T> = string extends keyof T ? Nothing : T;
type ParamsOfPath<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & ParamsOfPath<Rest>
  : Nothing;
type Flat<T> = { [K in keyof T]: T[K] } & Nothing;

/** Addresses hold text only; here truth may be said as such. */
type Query<Q> = { [K in keyof Q]: 'true' extends Q[K] ? Q[K] | boolean : Q[K] };

/** What an endpoint takes, as one object: what the path names, the query and the body. */
export type InputOf<E extends EndpointShape> = Flat<
  ParamsOfPath<E['path']> & Query<Or<QueryInputOf<E>, Nothing>> & Named<Or<BodyInputOf<E>, Nothing>>
>;

/** The items of the one list in a paged answer. */
type ItemOf<A> = { [K in keyof A]: A[K] extends readonly (infer Item)[] ? Item : never }[keyof A];

type ResultOf<E extends EndpointShape> = E extends { file: object }
  ? Promise<Response>
  : AnswerOf<E> extends { offset: number }
    ? Listing<AnswerOf<E>, ItemOf<AnswerOf<E>>>
    : Promise<AnswerOf<E>>;

/** One method an endpoint. The input may be left out where nothing in it is required. */
export type Api = {
  [N in EndpointName]: Nothing extends InputOf<Contract[N]>
    ? (input?: InputOf<Contract[N]>, options?: RequestOptions) => ResultOf<Contract[N]>
    : (input: InputOf<Contract[N]>, options?: RequestOptions) => ResultOf<Contract[N]>;
};
